/** The inbox and the mailboxes that are read. */
export const zh = {
  inbox: '收件箱', state: '状态', states: { waiting: '待处理', taken: '已登记', joined: '已并入', discarded: '不予登记' },
  take: '登记为案件', join: '并入已有案件', discard: '不予登记', no_subject: '（没有主题）', cut: '正文较长，只收下前面一部分。', left_out: '没有收下：{names}', files: '附件',
  empty: '没有待处理的来信。邮箱里的新邮件每两分钟收一次，列在这里；登记以后才成为案件。', empty_done: '这一类还没有。', more: '先列出 100 封，处理后显示后面的。',
  number: '案件编号', number_needed: '请填写案件编号。', join_rule: '来信的内容和附件并入这件案件，列在办理经过里。', why: '理由', why_needed: '请写明为什么不登记。', discard_rule: '来信和理由都保留，随时可以查。',
  joined: '已并入 {number}', discarded: '已处理：不予登记', ended: '{who}，{at}', from_letter: '来信登记：寄件人 {sender}。附件一并带入；寄件人作为联系人加密保存。', gone: '这封来信已经有人处理，或不在您的责任范围内。请回到收件箱查看。',
  add: '添加邮箱', edit: '修改', drop: '不再收信', drop_sure: '不再收“{name}”？已收下的来信保留，密码删除。', dropped: '已不再收信', test: '试连', works: '连接正常', saved: '已保存', save: '保存邮箱', none: '还没有收信的邮箱。添加一个，居民发来的邮件就会进收件箱。',
  name: '名称', area: '区域编码', area_hint: '由哪个区域的受理员处理，如 990101', host: '邮件服务器', host_hint: '如 imap.example.cn', port: '端口', security: '加密方式', securities: { tls: 'tls（一般用 993）', starttls: 'starttls（一般用 143）', none: '不加密（只用于单位内网）' },
  user: '登录用户', password: '密码或授权码', password_kept: '留空则不变', folder: '文件夹', active: '收信', paused: '已暂停', read_at: '上次收信 {at}', never: '还没有收过', machine: '自动回复 {n} 封没有收', many: '同一寄件人过多，{n} 封没有收', title: '设定收信邮箱',
}
export const en = {
  inbox: 'Inbox', state: 'State', states: { waiting: 'Waiting', taken: 'Taken', joined: 'Joined', discarded: 'Not taken' },
  take: 'Make it a case', join: 'Join to a case', discard: 'Do not take', no_subject: '(no subject)', cut: 'Only the beginning was taken.', left_out: 'Not taken: {names}', files: 'Attached',
  empty: 'No letter waits. New mail is read every two minutes.', empty_done: 'There is none of this kind.', more: 'These are the first 100.',
  number: 'Number of the case', number_needed: 'Give the number.', join_rule: 'Words and files come to this case.', why: 'Reason', why_needed: 'Say why it is not taken.', discard_rule: 'Letter and reason are kept.',
  joined: 'Joined to {number}', discarded: 'Not taken', ended: '{who}, {at}', from_letter: 'From a letter of {sender}. Its files come along; the sender is sealed as the contact.', gone: 'Somebody dealt with this letter, or it is not within your reach. Go back to the inbox.',
  add: 'Add a mailbox', edit: 'Change', drop: 'Read no more', drop_sure: 'Read “{name}” no more? Letters stay, the password is deleted.', dropped: 'No longer read', test: 'Try', works: 'It works', saved: 'Saved', save: 'Save', none: 'No mailbox is read yet.',
  name: 'Name', area: 'Area code', area_hint: 'whose acceptors get the letters, such as 990101', host: 'Server', host_hint: 'such as imap.example.cn', port: 'Port', security: 'Encryption', securities: { tls: 'tls (usually 993)', starttls: 'starttls (usually 143)', none: 'none (inside the house only)' },
  user: 'User', password: 'Password', password_kept: 'empty: unchanged', folder: 'Folder', active: 'Read it', paused: 'paused', read_at: 'read {at}', never: 'never read', machine: '{n} automatic answers passed over', many: '{n} of one sender passed over', title: 'Mailbox',
}
