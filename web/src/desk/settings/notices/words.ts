export const zh = {
  connectors: '连接', new: '建立连接', edit: '修改', try: '试发', remove: '删除', removed: '已删除', made: '已建立', changed: '已修改', tried: '已发出，请到对方那里看看收到没有',
  kind: '种类', name: '名称', name_hint: '如 环卫所值班群', per_minute: '每分钟最多几条', per_minute_hint: '群机器人一般最多 20 条。超出的留到下一分钟，合成一条发。', area: '哪个区域的事', everywhere: '全部区域', unit: '哪个单位的事', any_unit: '不限单位', active: '使用中',
  secret_kept: '已设置，留空不变', secrets_how: '标“保密”的加密保存，以后不再显示。', secret: '保密',
  state: { well: '正常', failing: '上次没有发出', resting: '暂停到 {at}', off: '停用' }, never: '还没有发过', last: '最近发出 {at}', waiting: '等待 {count} 条', parked_count: '搁置 {count} 条',
  none: '还没有连接', none_how: '建立一个连接，消息才会发到邮箱、手机或工作群。没有连接时，消息只在工作台和手机的消息列表里。',
  save_new: '建立连接', save: '保存修改', try_title: '试发一条：{name}', try_to_mail: '发到哪个邮箱', try_to_sms: '发到哪个手机号', try_how: '马上发出一条“这是一条试发的通知”。', try_do: '发出试发', remove_title: '删除“{name}”', remove_text: '等着用它发的通知和保存的密钥一起删除，不能恢复。', remove_do: '删除这个连接',
  rules: '告诉谁、用什么方式', rules_how: '开启的都进消息列表；勾选的方式另外发。紧急的不受免打扰和汇总限制。', what: '什么事', whom: '告诉谁', on: '开启', urgent: '紧急', ways: { mail: '邮件', sms: '短信', chat: '群机器人' }, rule_saved: '规则已修改',
  hours: '免打扰和提前量', quiet: '没有自己设的人，免打扰从', to: '到', soon: '到期前', minutes: '分钟算快到期', save_hours: '保存这些时间', hours_saved: '已保存',
  parked: '没有发出的', parked_how: '一天没有发出、或被对方拒绝的在这里。收件人的消息列表里那一条不受影响。', parked_none: '没有搁置的通知', retry: '重发', drop: '不再发', retried: '已放回，马上重发', dropped: '不再发了', to_whom: '发给', group: '群', why: '原因', when: '时间',
}
export const en: typeof zh = {
  connectors: 'Connectors', new: 'New connector', edit: 'Change', try: 'Try', remove: 'Remove', removed: 'Removed', made: 'Connected', changed: 'Changed', tried: 'Sent; look whether it arrived',
  kind: 'Kind', name: 'Name', name_hint: 'Such as: duty group', per_minute: 'At most a minute', per_minute_hint: 'Group robots usually take 20. What exceeds it is gathered into one for the next minute.', area: 'Of which area', everywhere: 'Everywhere', unit: 'Of which unit', any_unit: 'Any unit', active: 'In use',
  secret_kept: 'Set; leave empty to keep', secrets_how: 'What is secret is kept encrypted and never shown again.', secret: 'secret',
  state: { well: 'Well', failing: 'Last one failed', resting: 'Resting until {at}', off: 'Off' }, never: 'Nothing sent yet', last: 'Last sent {at}', waiting: '{count} waiting', parked_count: '{count} parked',
  none: 'No connectors yet', none_how: 'Connect one so that messages reach mail, phones or group chats. Without, they stand in the lists of desk and phone.',
  save_new: 'Connect', save: 'Save changes', try_title: 'Try {name}', try_to_mail: 'To which address', try_to_sms: 'To which number', try_how: 'One message is sent at once.', try_do: 'Send it', remove_title: 'Remove {name}', remove_text: 'What waits for it and its secrets are deleted as well.', remove_do: 'Remove this connector',
  rules: 'Who is told, by which way', rules_how: 'What is on stands in the lists; ticked ways are sent as well. What is urgent knows no quiet hours and no digest.', what: 'What', whom: 'Whom', on: 'On', urgent: 'Urgent', ways: { mail: 'Mail', sms: 'SMS', chat: 'Robot' }, rule_saved: 'Rule changed',
  hours: 'Quiet hours', quiet: 'For those who set none, quiet from', to: 'to', soon: 'Soon late is', minutes: 'minutes before', save_hours: 'Save these hours', hours_saved: 'Saved',
  parked: 'Not sent', parked_how: 'What was not taken for a day, or refused. The line in the receiver’s list stays.', parked_none: 'Nothing is parked', retry: 'Send again', drop: 'Give up', retried: 'Put back, sent soon', dropped: 'Given up', to_whom: 'To', group: 'group', why: 'Why', when: 'When',
}
