/** States and channels are named as the flow names them; a test holds them together. */
export const zh = {
  state: {
    reported: '待受理', verifying: '核实中', verified: '待立案', filed: '待派遣', handling: '处置中', suspended: '已挂账', passed_up: '已上报区县',
    fed_back: '待确认反馈', checking: '核查中', checked: '待结案', closed: '已结案', refused: '不予立案', void: '已作废',
  },
  channel: {
    supervisor: '网格员上报', hotline: '热线', portal: '公众上报', open311: '其他应用（Open311）', letter: '来信', video: '视频发现',
    upper: '上级交办', meeting: '会议交办', import: '历史导入',
  },
  column: {
    clock: '时限', number: '编号', state: '环节', text: '内容', class: '类别', place: '地点', area: '网格', unit: '处置单位', channel: '来源',
    reported: '上报时间', since: '进入本环节',
  },
  queue: '案件列表', case: '案件', back: '返回列表', divider: '拖动调整列表宽度，双击还原', all_stages: '全部', all_stages_of_mine: '看全部环节', stages: '环节', late_of: '{count} 件超期',
  open: '打开 {number}', copy: '复制编号 {number}', copied: '已复制 {number}', choose_row: '选择 {number}', choose_all: '选择列出的全部案件',
  shown: '已列出 {shown} 件', shown_of: '已列出 {shown} 件，共 {total} 件', all_shown: '共 {total} 件', more: '再列出 {count} 件', loading: '正在取案件……',
  slow: '比平时慢，仍在等服务器答复……', newcomers: '有 {count} 件新的，点此显示', gone: '已不在此列', working: '{names} 正在处理',
  failed: '没有取到案件', retry: '再试一次',
  empty_todo: '现在没有等您办的案件', empty_todo_text: '轮到您办的案件会出现在这里，先到期的排在前面。', empty_stage: '这个环节没有等您办的案件', to_all: '查看全部案件',
  empty_found: '没有符合这些条件的案件', empty_found_text: '可以去掉几个条件再看。', clear: '清除全部条件', empty: '还没有案件', empty_text: '上报或登记的案件会列在这里，新的在前。',
  new: '登记案件', number_search: '按编号查找', number_hint: '编号或末几位', filters: '筛选', filters_on: '筛选（{count}）', filter_row: '筛选条件', remove: '去掉条件：{text}',
  any_state: '环节', any_class: '类别', any_area: '区域', any_unit: '单位', any_channel: '来源', from: '上报起', through: '上报止', late: '已超期', mine: '我上报的',
  type_to_find: '输入名称或编码查找', nothing_found: '没有找到',
  columns: '列', columns_title: '显示哪些列', columns_reset: '恢复默认', widen: '调整“{name}”列宽',
  views: '常用筛选', views_none: '还没有保存的筛选。选好条件后，在这里起个名字保存。', view_name: '名称，例如：本街道超期', view_save: '保存当前筛选', view_delete: '删除“{name}”', view_needs: '先选好条件，再保存。',
  export: '导出', export_title: '把列出的 {count} 件存为表格文件（CSV）', print: '打印', printed: '打印时间 {at}　打印人 {by}　列出 {count} 件',
  chosen: '已选 {count} 件', choose_none: '取消选择', asking: '正在查看这些案件可以办什么……', no_common: '这些案件没有可以一起办的操作。请选同一环节的案件。', too_many: '一次最多办 {most} 件，请少选一些。',
  preview: '{name}：{count} 件', preview_text: '逐件办理，办完一件记一件。下面是每件会变成什么样。', now: '现在', becomes: '办后', result: '结果', same: '环节不变',
  reason: '原因（每件都记这一条）', reason_hint: '写清为什么，对方看得到。', do_it: '{name} {count} 件', again: '重试没办成的 {count} 件', stop: '停下', close: '关闭', cancel: '先不办',
  done: '已办', refused: '没有办：{why}', going: '正在办……', waiting: '等待', progress: '正在办第 {at} 件，共 {count} 件', finished: '办成 {done} 件，没办成 {refused} 件', finished_all: '{done} 件都已办好',
  previous: '上一件', next: '下一件', no_such: '没有找到编号 {number}。请核对编号，或到“案件”里按条件查找。',
  key_next: '下一件', key_previous: '上一件', key_open: '打开选中的案件', key_search: '按编号查找', key_back: '回到列表', key_choose: '勾选或取消勾选', key_act: '办理第几个操作', key_undo: '撤回刚才的一步', key_new: '登记案件', empty_pane: '选一件案件，在这里查看和办理',
}
export const en = {
  state: {
    reported: 'To accept', verifying: 'Verifying', verified: 'To file', filed: 'To dispatch', handling: 'Handling', suspended: 'Suspended', passed_up: 'Passed up',
    fed_back: 'To confirm', checking: 'Checking', checked: 'To close', closed: 'Closed', refused: 'Not filed', void: 'Void',
  },
  column: {
    clock: 'Time limit', number: 'Number', state: 'Stage', text: 'Report', class: 'Class', place: 'Place', area: 'Grid', unit: 'Unit', channel: 'Source',
    reported: 'Reported', since: 'In stage since',
  },
  queue: 'Cases', case: 'Case', back: 'Back to the list', all_stages: 'All', stages: 'Stages', new: 'New case', number_search: 'Find by number', number_hint: 'Number or last digits',
  filters: 'Filters', filters_on: 'Filters ({count})', columns: 'Columns', views: 'Saved filters', export: 'Export', print: 'Print', more: '{count} more', retry: 'Try again', clear: 'Clear all',
  late: 'Late', mine: 'Reported by me', any_state: 'Stage', any_class: 'Class', any_area: 'Area', any_unit: 'Unit', any_channel: 'Source', chosen: '{count} chosen', choose_none: 'Choose none', close: 'Close', cancel: 'Not now',
}
