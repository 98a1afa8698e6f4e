export const zh = {
  product: '经纬', skip: '跳到正文', sign_out: '退出登录', theme: '主题', theme_system: '跟随系统', theme_light: '浅色', theme_dark: '深色',
  size: '字号', size_normal: '标准', size_large: '大字', language: '语言', home: '首页', me: '我',
  nowhere: '没有这一页', nowhere_text: '这个地址不存在，或不在您的权限范围内。', back: '回到工作台',
  retry: '再试一次', loading: '正在取数据……', slow: '比平时慢，仍在等服务器答复……',
}
export const en = {
  product: 'jingwei', skip: 'Skip to content', sign_out: 'Sign out', theme: 'Theme', theme_system: 'As the system', theme_light: 'Light',
  theme_dark: 'Dark', size: 'Type size', size_normal: 'Normal', size_large: 'Large', language: 'Language', home: 'Home', me: 'Me',
  nowhere: 'There is no such page', nowhere_text: 'This address does not exist, or lies outside what you may see.', back: 'Back to the desk',
  retry: 'Try again', loading: 'Loading…', slow: 'Slower than usual, still waiting for the server…',
}
