export const zh = {
  messages: '消息', choice: '我的通知设置', unread_of: '{count} 条没有读', only_unread: '只看没读的', all_read: '全部标为已读', read: '标为已读', more: '再看一些', urgent: '紧急', new: '没读',
  empty: '现在没有消息', empty_how: '案件派给您、退回给您、快到期或者有了结果，会告诉您，列在这里。', none_unread: '都读过了',
  how: '消息总在这个列表里。另外要不要用邮件、短信提醒，由您自己定；地址和号码加密保存，只有您自己看得到。',
  ways: '另外提醒我', mail: '邮箱', sms: '手机号', by_mail: '发邮件', by_sms: '发短信', not_ready: '单位还没有连接{way}，设了也暂时不发。', way_mail: '邮件', way_sms: '短信',
  when: '什么时候发', digest_: '有一条发一条', digest_hour: '每小时汇总一次', digest_day: '每天九点汇总一次', urgent_now: '标为紧急的（催办、超时）总是马上发。',
  quiet: '免打扰', quiet_usual: '按单位的：{from} 到 {until}', quiet_own: '自己定', quiet_none: '不设', from: '从', until: '到', quiet_how: '免打扰时间里的消息留到结束后一起发。',
  kinds: '哪些事要提醒', kinds_how: '没选的只放进消息列表。', save: '保存我的设置', saved: '已保存',
}
export const en: typeof zh = {
  messages: 'Messages', choice: 'How I am told', unread_of: '{count} unread', only_unread: 'Unread only', all_read: 'Mark all as read', read: 'Mark as read', more: 'More', urgent: 'Urgent', new: 'Unread',
  empty: 'No messages now', empty_how: 'Cases that come to you, come back to you, are soon late or have an outcome are told here.', none_unread: 'All read',
  how: 'Messages are always in this list. Whether you are also told by mail or SMS is up to you; addresses are kept encrypted and shown to you alone.',
  ways: 'Also tell me', mail: 'Mail address', sms: 'Phone number', by_mail: 'By mail', by_sms: 'By SMS', not_ready: 'No {way} is connected yet, so nothing is sent for now.', way_mail: 'mail', way_sms: 'SMS',
  when: 'When', digest_: 'One by one', digest_hour: 'Once an hour', digest_day: 'Once a day at nine', urgent_now: 'What is urgent (urged, late) is always sent at once.',
  quiet: 'Quiet hours', quiet_usual: 'As set here: {from} to {until}', quiet_own: 'My own', quiet_none: 'None', from: 'From', until: 'to', quiet_how: 'What falls into quiet hours is sent together afterwards.',
  kinds: 'What to tell me', kinds_how: 'The others stand in the list alone.', save: 'Save my settings', saved: 'Saved',
}
