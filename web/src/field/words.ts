export const zh = {
  today: '今日', report: '上报', mine: '我的', offline: '没有连上网络。看到的是上次的内容，连上后自动更新。',
  todo: '等我办的', nothing_todo: '现在没有等您办的事', nothing_todo_how: '有核实、核查或处置任务派给您时，会按到期先后列在这里。路上看到问题，点下面的“上报”。',
  loading: '正在取数据……', retry: '再试一次', more: '再看一些', near: '离我近的先看', by_due: '先到期的先看', away: '{far}',
  take_photo: '拍照', more_photos: '再拍一张', place: '位置', locating: '正在取位置……', place_words: '补充说明在哪里（可不填）', place_hint: '例如：2号楼南侧便道',
  no_position: '没有取得位置。可以在地图上选，或到室外、打开定位权限后重新定位。', outside: '这个位置没有划入任何网格。请在地图上选一处，或重新定位。', accuracy: '误差约 {metres} 米', again: '重新定位', on_the_map: '在地图上选', map_away: '收起地图', map_how: '拖动找到地方，点一下定位置。', by_hand: '在地图上选的', place_set: '已定位置', lacks_place: '还没有位置，请在地图上选。',
  map: { nearer: '放大', further: '缩小', no_ground: '地图没有取到，请检查网络后再试。', picker: { label: '选位置的地图' } },
  kind: '是什么问题', unsorted: '未定类别', search_kind: '找别的类别：输入一两个字', no_kind: '没有这样的类别，换个说法试试', chosen: '已选：{name}', words: '补充一句（可不填）', words_hint: '语音输入也可以',
  sudden: '突发，要马上处置', send: '上报', sending: '正在上报……', sent: '已上报', sent_number: '编号 {number}', sent_next: '受理后会在“我的”里看到进展。', another: '再报一件', see: '看这一件', send_again: '再发一次',
  nothing_to_send: '请拍一张照片，或选一个类别。', uploading: '正在传照片 {done}/{all}', remove: '去掉这张照片',
  my_reports: '我报的', no_reports: '还没有上报过', no_reports_how: '点下面的“上报”，拍一张照片就能报。', large: '大字', theme_dark: '深色', sign_out: '退出登录', desk: '工作台', posts: '岗位', look: '显示',
  messages: '消息', messages_new: '消息（{count} 条没读）', all_read: '全部标为已读', no_messages: '现在没有消息', no_messages_how: '任务派给您、快到期，或您报的有了结果，会告诉您。', not_read: '没读', urgent: '紧急',
  back: '返回', why_then: '为什么是这个时间', before: '办理前', after: '办理后', no_photos: '没有照片', happened: '办理经过', standard: '结案条件', guide: '在地图里打开',
  not_here: '这一步请在工作台上办', waits: '现在不用您做什么', do_it: '{name}', reason: '说明理由', text: '处置情况', person: '交给谁', anyone: '不指定，由此处网格员先到先办', limit: '延长多久', photos: '照片', cancel: '先不办', done: '已{name}', undo: '撤销', undone: '已撤销',
  shots_may: '请拍{shots}（可以不拍）。', shots_must: '要拍{shots}。', no_photo: '现场不能拍的，写明原因', place_add: '附上我现在的位置（可以不附）', place_with: '已附位置，误差约 {metres} 米', place_only: '只用来比对离案件多远，不保存位置', no_position_here: '没有取得位置，可以不附位置直接提交。',
  untimed: '不限时', value: '数量', work_day: '工作日', work_hour: '工作时',
}
export const en = {
  today: 'Today', report: 'Report', mine: 'Mine', todo: 'Waiting for me', take_photo: 'Photo', more_photos: 'One more', place: 'Place', on_the_map: 'Choose on the map', map_away: 'Fold the map', map: { nearer: 'Closer', further: 'Further', picker: { label: 'Map for choosing a place' } }, kind: 'What is it', unsorted: 'Not sorted yet', sudden: 'Sudden: cannot wait', send: 'Send the report', sent: 'Reported',
  another: 'Another', see: 'See it', send_again: 'Send again', my_reports: 'My reports', messages: 'Messages', messages_new: 'Messages ({count} unread)', all_read: 'Mark all as read', not_read: 'Unread', urgent: 'Urgent', sign_out: 'Sign out', back: 'Back', retry: 'Try again', cancel: 'Not now', undo: 'Undo', desk: 'Desk', anyone: 'Nobody in particular: whoever of this grid comes first',
  shots_may: 'Photos asked for (optional): {shots}. ', shots_must: 'Photos needed: {shots}. ', no_photo: 'If none can be taken: why', place_add: 'Add where I am now (optional)', place_with: 'Place added, give or take {metres} m', place_only: 'Only compared with the case, not kept', no_position_here: 'No position was found; it can be sent without.',
}
