export const zh = {
  retry: '再试一次', loading: '正在取数据……', slow: '比平时慢，仍在等服务器答复……',
  no_right: '这一页不对您开放', not_found: '没有找到',
  cancel: '先不', close: '关闭', copy: '复制', copied: '已复制', download: '下载',
  everywhere: '全部区域', area: '区域', area_hint: '输入编码开头或名称', unit_hint: '输入编码或名称', person_hint: '输入登录名或姓名',
  no_match: '没有对得上的', typing: '输入后列出',
  page: '第 {page} 页', next: '下一页', back: '上一页', first: '第一页',
  keys: 'Ctrl+Enter 提交，Esc 关闭', filter: '筛选', nothing_filtered: '没有符合筛选条件的。', clear: '清除筛选',
  back_to_list: '返回列表', none: '无', always: '长期', saved: '已保存',
  rule: {
    joined: '，', listed: '、', class: '{name}（{code}）', whole: '整个类别', everywhere: '全部区域', owner: '权属单位是{owner}', helpers: '这条规则还请{units}协办，派遣时一并通知。', hint: '规则建议 {limit}内办完；到期时间仍按立案条件计算。', note: '规则备注：{note}', automatic: '这条规则自动派遣，不用派遣员确认。',
    why: '为什么是{unit}', first: '写得最具体的规则先用：写了权属单位的，再看区域小、分类细、时间具体的。没有这一条，依次轮到：', nobody: '无责任单位', gone: '已停用',
  },
}
export const en: typeof zh = {
  retry: 'Try again', loading: 'Loading…', slow: 'Slower than usual, still waiting for the server…',
  no_right: 'This page is not open to you', not_found: 'Not found',
  cancel: 'Not now', close: 'Close', copy: 'Copy', copied: 'Copied', download: 'Download',
  everywhere: 'Everywhere', area: 'Area', area_hint: 'Start of a code, or a name', unit_hint: 'Code or name', person_hint: 'Login or name',
  no_match: 'Nothing fits', typing: 'Type to list',
  page: 'Page {page}', next: 'Next', back: 'Previous', first: 'First page',
  keys: 'Ctrl+Enter sends, Esc closes', filter: 'Filter', nothing_filtered: 'Nothing fits these filters.', clear: 'Clear filters',
  back_to_list: 'Back to the list', none: 'None', always: 'No end', saved: 'Saved',
  rule: {
    joined: ', ', listed: ', ', class: '{name} ({code})', whole: 'the whole kind', everywhere: 'everywhere', owner: 'owned by {owner}', helpers: 'The rule has {units} help; they are told with the dispatch.', hint: 'The rule suggests {limit}; the deadline still follows the filing condition.', note: 'Note of the rule: {note}', automatic: 'This rule dispatches by itself; nobody need confirm.',
    why: 'Why {unit}', first: 'The closest rule decides: one that names the owner, then the smaller area, the narrower class, the closer time. Without it, in this order:', nobody: 'nobody answers', gone: 'out of use',
  },
}
