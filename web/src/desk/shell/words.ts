export const zh = {
  product: '经纬', skip: '跳到正文', sign_out: '退出登录', theme: '主题', theme_system: '跟随系统', theme_light: '浅色', theme_dark: '深色',
  size: '字号', size_normal: '标准', size_large: '大字', language: '语言', home: '首页', me: '我', everywhere: '全部区域',
  nowhere: '没有这一页', nowhere_text: '这个地址不存在，或不在您的权限范围内。', back: '回到工作台',
  retry: '再试一次', loading: '正在取数据……', slow: '比平时慢，仍在等服务器答复……', sections: '工作台各部分',
  offline: '没有连上服务器（自{at}起）。屏幕上的内容还在，您填写的也在；连上后自动更新。', asking: '正在连接……',
  announcements: '公告', more_announcements: '另有 {count} 条', until: '有效至{at}', seen: '知道了', unfold: '展开', fold: '收起',
  broken: '这一页没有显示出来', broken_text: '页面在显示时出了错，已经办好的事不受影响。请再试一次；仍然不行，请把下面的内容发给管理员。',
  renewed: '经纬已更新', renewed_text: '服务器上换了新版本，这个窗口里还是旧的。重新载入后即可继续，已经办好的事不受影响。', reload: '重新载入', for_support: '给管理员看的内容',
  keys: '快捷键', keys_text: '正在填写文字时，快捷键不起作用。', keys_on: '使用快捷键', then: '再按', go_to: '到“{name}”', key_list: '列出快捷键', switch_off: '已关闭',
  unsaved: '有内容还没有发出', unsaved_text: '离开这一页，填写的内容就没有了。', stay: '留在这里', leave: '放弃并离开',
}
export const en = {
  product: 'jingwei', skip: 'Skip to content', sign_out: 'Sign out', theme: 'Theme', theme_system: 'As the system', theme_light: 'Light',
  theme_dark: 'Dark', size: 'Type size', size_normal: 'Normal', size_large: 'Large', language: 'Language', home: 'Home', me: 'Me', everywhere: 'Everywhere',
  nowhere: 'There is no such page', nowhere_text: 'This address does not exist, or lies outside what you may see.', back: 'Back to the desk',
  retry: 'Try again', loading: 'Loading…', slow: 'Slower than usual, still waiting for the server…', sections: 'Parts of the desk',
  asking: 'Connecting…', announcements: 'Announcements', more_announcements: '{count} more', seen: 'Got it', unfold: 'More', fold: 'Less', reload: 'Reload',
  keys: 'Keys', keys_text: 'Keys do nothing while you type.', keys_on: 'Use keys', then: 'then', go_to: 'Go to {name}', key_list: 'List the keys',
  stay: 'Stay here', leave: 'Discard and leave',
}
