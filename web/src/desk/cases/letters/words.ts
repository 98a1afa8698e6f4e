/** The inbox, the mailboxes that are read, and the systems that send by themselves. */
export const zh = {
  inbox: '收件箱', state: '状态', states: { waiting: '待处理', taken: '已登记', joined: '已并入', discarded: '不予登记' },
  take: '登记为案件', join: '并入已有案件', discard: '不予登记', no_subject: '（没有主题）', cut: '正文较长，只收下前面一部分。', left_out: '没有收下：{names}', files: '附件',
  empty: '没有待处理的来信。邮箱里的新邮件每两分钟收一次，列在这里；登记以后才成为案件。', empty_done: '这一类还没有。', more: '先列出 100 封，处理后显示后面的。',
  number: '案件编号', number_needed: '请填写案件编号。', join_rule: '来信的内容和附件并入这件案件，列在办理经过里。', why: '理由', why_needed: '请写明为什么不登记。', discard_rule: '来信和理由都保留，随时可以查。',
  joined: '已并入 {number}', discarded: '已处理：不予登记', ended: '{who}，{at}', from_letter: '来信登记：寄件人 {sender}。附件一并带入；寄件人作为联系人加密保存。', gone: '这封来信已经有人处理，或不在您的责任范围内。请回到收件箱查看。',
  add: '添加邮箱', edit: '修改', drop: '不再收信', drop_sure: '不再收“{name}”？已收下的来信保留，密码删除。', dropped: '已不再收信', test: '试连', works: '连接正常', saved: '已保存', save: '保存邮箱', none: '还没有收信的邮箱。添加一个，居民发来的邮件就会进收件箱。',
  name: '名称', area: '区域编码', area_hint: '由哪个区域的受理员处理，如 990101', host: '邮件服务器', host_hint: '如 imap.example.cn', port: '端口', security: '加密方式', securities: { tls: 'tls（一般用 993）', starttls: 'starttls（一般用 143）', none: '不加密（只用于单位内网）' },
  user: '登录用户', password: '密码或授权码', password_kept: '留空则不变', folder: '文件夹', active: '收信', paused: '已暂停', read_at: '上次收信 {at}', never: '还没有收过', machine: '自动回复 {n} 封没有收', many: '同一寄件人过多，{n} 封没有收', title: '设定收信邮箱',
  sms: '短信', at: '位置：{place}', add_source: '添加接入', source_title: '设定接入', source_kind: '类别', source_kinds: { sms: '短信平台', camera: '视频平台' }, source_name_hint: '如 区短信平台',
  trusted: '直接成案', trusted_rule: '带位置的报警不经受理员，马上成为案件；没有位置或不在本区的仍进收件箱。', receives: '接收', source_paused: '已暂停', heard_at: '上次发来 {at}', not_heard: '还没有发来过', not_keyed: '还没有密钥，发来的都不收', source_many: '发来的过多，有 {n} 条没有收，最近一次 {at}',
  make_secret: '生成密钥', new_secret: '换新密钥', new_secret_sure: '“{name}”原来的密钥马上失效，对方换上新的才能再发。', secret_title: '接入密钥', secret_once: '关上以后不再显示。请现在交给对方的技术人员，不要发在群里；丢了就换一个新的。', secret_to: '地址', secret_source: '接入编号', secret: '密钥', secret_kept: '已交给对方，关闭', how_signed: '签名的方法见手册“接口”一页的“短信和视频接入”。',
  drop_source: '删去', drop_source_sure: '删去“{name}”？已收下的保留，密钥删除，对方再发不收。', source_dropped: '已删去', save_source: '保存接入', no_source: '还没有接入。添加一个，把编号和密钥交给短信平台或视频平台，它发来的就会进收件箱。', from_sms: '短信登记：发送号码 {sender}。号码作为联系电话加密保存。', from_camera: '视频报警登记：摄像头 {sender}。图片一并带入。',
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
  sms: 'Text message', at: 'Place: {place}', add_source: 'Add a source', source_title: 'Source', source_kind: 'Kind', source_kinds: { sms: 'Text messages', camera: 'Cameras' }, source_name_hint: 'such as Text platform',
  trusted: 'A case at once', trusted_rule: 'Alarms that tell a place become cases without an acceptor.', receives: 'Take it in', source_paused: 'paused', heard_at: 'last heard {at}', not_heard: 'never heard', not_keyed: 'no secret yet: nothing is taken', source_many: '{n} not taken because too many came, last {at}',
  make_secret: 'Make a secret', new_secret: 'New secret', new_secret_sure: 'The secret of “{name}” ends at once.', secret_title: 'Secret', secret_once: 'Not shown again once this is closed. Hand it over now.', secret_to: 'Address', secret_source: 'Source', secret: 'Secret', secret_kept: 'Handed over', how_signed: 'How to sign: see the manual, Interface.',
  drop_source: 'Drop', drop_source_sure: 'Drop “{name}”? What came stays, the secret is deleted.', source_dropped: 'Dropped', save_source: 'Save', no_source: 'There is no source yet.', from_sms: 'From a text message of {sender}; the number is sealed.', from_camera: 'From camera {sender}. Its picture comes along.',
}
