/** Words of who stands where and until when: gaps, certificates, teams, rotas, hand-overs, other grid systems. */
export const zh = {
  gaps_tab: '空缺', teams: '队伍', rota: '值班表', certificates: '证件', sheets: '交接单', systems: '网格体系',
  days: { 0: '今天', 7: '7 天内', 30: '30 天内', 90: '90 天内' }, system: '网格体系', level: '级别', any_level: '各级',
  vacancy: {
    text: '今天没有主责人，或在所选期限内将没有主责人的网格。', empty: '所选范围和期限内，每个网格都有主责人。', now: '今天没有', later: '将没有', until_open: '还没有接任的人',
    level: '{name} {areas} 个', both: '今天缺 {now}，期限内还将缺 {later}', none: '不缺', state: '情况', stretch: '没有主责的日子', show: '到网格任命', from: '{day} 起',
    coming: '30 天内还将有 {count} 个网格没有主责人', pairing: '一格一人和 AB 岗', one_yes: '一格一人：每个网格一名主责，每名主责只负责一个网格。', one_no: '还不是一格一人：{areas} 个网格，{mains} 个有主责，共 {people} 人。', deputies: '{count} 个网格有副岗（B 岗）。',
    several: '一人负责几个网格', alone: '有主责、没有副岗的网格', alone_none: '有主责的网格都有副岗。', wait: '没有须配主责的网格。到“网格体系”里看这个体系的规则。',
  },
  cert: {
    text: '工作证、执法证等的种类和有效期。证号不登记。没有有效证件的人不作为当天的负责人。', empty: '还没有登记证件。点“登记证件”，或先给网格任命人员。', every: '全部', soon: '60 天内到期', expired: '已过期', lacking: '在岗缺证',
    kind: '证件', state: '状态', states: { valid: '有效', soon: '快到期', expired: '已过期', not_yet: '未生效' }, until: '有效期至', why: { none: '没有登记', expired: '已过期', not_yet: '还没生效' },
    add: '登记证件', correct: '更正', correct_title: '更正“{name}”的{kind}', correct_text: '开始日期登记错了的，先撤销再登记。', record_title: '登记“{name}”的{kind}', withdraw: '撤销', withdraw_title: '撤销“{name}”的{kind}', withdraw_text: '只用于登记错了的。过期的不用撤销，留着备查。', done: '已登记', withdrawn: '已撤销',
    lacking_empty: '在岗的人都有规定的证件。哪一级要哪种证件，在“网格体系”的规则里写。', soon_empty: '60 天内没有要到期的证件。', expired_empty: '没有过期未续的证件。', kind_hint: '选一种，或直接写', where: '在哪个区域任职', record: '补登证件',
  },
  squad: {
    text: '几个人一起负责一个或几个网格：调解服务队、网格服务队、巡查组等。', empty: '还没有队伍。点“组建队伍”，选种类和负责的网格，再加入成员。', make: '组建队伍', make_verb: '组建', made: '已组建，接着加入成员',
    kind: '种类', name: '队名', areas: '负责的网格', people: '{count} 人', join: '加入成员', join_title: '加入“{name}”', joined: '已加入', function: '职能', leave: '离队', leave_title: '“{name}”离队', leave_text: '到这一天为止，记录保留。', left: '已离队',
    change: '改名、改网格', change_title: '修改“{name}”', changed: '已修改', end: '解散', end_title: '解散“{name}”', end_text: '到这一天为止，成员同时离队，记录保留。', ended: '已解散', rule: '按规定：{text}', size: '{low} 至 {high} 人', size_low: '至少 {low} 人', many_areas: '至少 {low} 个相连的网格',
    members_empty: '还没有成员。', last_day: '最后一天',
  },
  shift: {
    choose: '选一个网格或区域，看它的值班表。', week: '{from} 至 {to}', before: '上一周', after: '下一周', this: '本周', now: '此刻在班：{names}', nobody: '此刻没有人在班，按主责、副岗负责', cover: '每天 {start}–{end} 须有人值守', cover_some: '{days} {start}–{end} 须有人值守', cover_from: '（按{name}的规定）', cover_system: '（按体系的规定）', no_cover: '没有规定值守时段',
    hole: '无人 {minutes} 分钟', whole: '没有空档', double: '{name} {day} {start}–{end} 同时有两班：{areas}', holiday: '放假', away: '离岗', next_day: '次日', empty: '这一周还没有排班。点“轮换排班”一次排好，或“加一班”。也可以到“设置 · 导入”用表格导入。',
    add: '加一班', add_title: '给“{name}”加一班', added: '已加', day: '日期', start: '上班', end: '下班', end_hint: '不晚于上班的，算第二天', remove: '取消 {name} {day} {start} 的班', removed: '已取消', print: '打印',
    pattern: '轮换排班', pattern_title: '给“{name}”轮换排班', people: '轮换的人（按先后）', add_person: '添加', times: '每天的班次', add_time: '再加一班', first: '第一天', last: '最后一天', turn: '怎么轮', turns: { day: '每天换一次', shift: '每班换一次', week: '每周换一次' },
    weekdays: '哪几天', skip: '法定放假日不排', replace: '这些天原来的班次会换掉。', plan: '排班', planned: '排了 {made} 班，换下 {removed} 班', cover_set: '值守时段', cover_title: '“{name}”的值守时段', cover_text: '也用于它的下级。留空则按网格体系的规定。', cover_holidays: '法定放假日也要', cover_saved: '已设定', drop_time: '去掉这一班', drop_person: '去掉 {name}', up: '{name} 提前',
    names: { 0: '周一', 1: '周二', 2: '周三', 3: '周四', 4: '周五', 5: '周六', 6: '周日' }, sign: '值班人签字', printed: '{at} 打印',
  },
  open_work: {
    text: '还有 {count} 件任务指定由“{name}”办：', none: '没有指定由他办的任务。', what: '这些任务', pass: '交给接任者', release: '退回，由在岗的人领办', keep: '仍由他办完', later: '到那一天零点移交。', apart: '接任者不能办的（例如经手过同一案件），退回由在岗的人领办。',
  },
  sheet: {
    text: '换人、离任时留下的单子：谁交给谁、哪些任务、现在归谁。', empty: '还没有交接过。', title: '网格工作交接单', from: '移交人', to: '接任人', nobody: '（暂无）', on: '接任日期', items: '任务', area: '网格', post: '岗位', duties: '职责', held: '任期', number: '案件编号', stage: '环节', what: '类别', due: '时限', now: '现由', anyone: '在岗的人领办', kept: '移交人办完', done: '移交前已办完', waiting: '到期移交',
    work: { pass: '交给接任者', release: '退回，由在岗的人领办', keep: '仍由移交人办完' }, works: '任务处理', none: '移交时没有未办完的任务。', sign: '签字', by: '经办', at: '办理时间', open: '看交接单', print: '打印', count: '{count} 件', other: '其他移交事项（证件、钥匙、台账等）', back: '返回交接单', notes: '日期',
  },
  net: {
    text: '同一片地上可以有几种网格：消防、校园、实验楼、劳动监察、调解、市场监管等，各有级别、人员和规则。', standing: '已设立', shipped: '可以设立', set_up: '设立', set_up_title: '设立“{name}”', set_up_done: '已设立，接着加入网格', set_up_text: '级别和规则照模板，设立后都可以改成本地的。', own: '自定一个', own_title: '自定网格体系', own_hint: '一行一级，从高到低',
    code: '编号', code_hint: '小写字母、数字或下划线，以后不变', name: '名称', levels: '级别', none: '还没有网格', counts: '{name} {count}', rules: '规则', rules_text: '与规则不符的，列在下面。数目是模板的例子，请改成本地的。', rules_empty: '还没有规则。', source: '出处', edit_levels: '改名称和级别', saved: '已保存',
    add_rule: '加一条规则', drop_rule: '去掉这条规则：{said}', asks: '要求', low: '不少于', high: '不超过', value: '内容', ask: { areas: '这一级有多少个', main: '每个有一名责任人', one_to_one: '一格一人一份职责', people: '每个有多少人', members: '每个含多少基础区域', households: '每个有多少户', team: '每个有一支队伍', capacity: '按户数配人', certificate: '人员须有证件', cover: '每天须有人值守' },
    value_hint: { team: '队伍的种类', capacity: '哪种人员', certificate: '证件名称', cover: '06:30-20:30' }, faults: '与规则不符', faults_none: '看了 {count} 个网格，都合规则。', faults_count: '看了 {checked} 个网格，{count} 处不符', faults_more: '只列出前 {count} 处',
    tree: '网格', tree_empty: '还没有网格。点“加一个网格”，或到“设置 · 导入”导入：不画边界的用区划表，画了边界的用图层，体系写 {code}。', add: '加一个网格', add_title: '在“{name}”里加一个网格', added: '已加', parent: '上级', top: '最高一级', members: '含哪些基础区域', members_hint: '房间、楼层可以不选，随上级', not_manage: '设立和修改网格体系由管理全部区域的管理员办理。', back: '返回网格体系', staff: '人员空缺',
  },
  also: { title: '此处还属于', none: '没有划入别的网格体系。', outside: '这里没有划入任何网格，或不在您任职的区县。', nobody: '没有人负责', at: '由{area}的人负责', more: '另有 {count} 个', members: '由这些基础区域组成', members_none: '还没有选基础区域。', edit: '选基础区域', edit_title: '“{name}”由哪些基础区域组成', rota: '值班表', teams: '队伍', households: '户数', count: '{count} 户（{day} 登记）', told: '{count} 户（按底图的建筑）', unknown: '没有登记', set: '登记户数', set_title: '登记“{name}”的户数', saved: '已登记', wanted: '{name}应有 {bounds} 名，现有 {found} 名', here: '这个位置', close: '收起', bounds: '{low} 至 {high}' },
  contract: '用工', contracts: { civil_servant: '公务员', by_reference: '参公管理人员', institution: '事业编制', district: '区聘', street: '镇街聘', public_post: '公益性岗位', enterprise: '企业员工', volunteer: '志愿者', other: '其他' }, employer: '用人单位', second_line: '同时听谁调度', second_hint: '例如所在社区；可不填', more_fields: '用工和双重调度（可不填）',
}
export const en = {
  gaps_tab: 'Gaps', teams: 'Teams', rota: 'Rota', certificates: 'Certificates', sheets: 'Hand-overs', systems: 'Grid systems',
  days: { 0: 'today', 7: 'within 7 days', 30: 'within 30 days', 90: 'within 90 days' }, system: 'Grid system', level: 'Level', any_level: 'All levels',
  vacancy: { now: 'nobody today', later: 'nobody soon', until_open: 'no successor yet', both: '{now} today, {later} more in that time', none: 'none', state: 'State', stretch: 'Days without a main', show: 'Appoint', from: 'from {day}', pairing: 'One grid, one person; A and B', several: 'One person for several grids', alone: 'Grids with a main but no deputy' },
  cert: {
    every: 'All', soon: 'Run out within 60 days', expired: 'Expired', lacking: 'Posted without one', kind: 'Certificate', state: 'State', states: { valid: 'valid', soon: 'runs out soon', expired: 'expired', not_yet: 'not yet valid' }, until: 'Valid until', why: { none: 'none recorded', expired: 'expired', not_yet: 'not yet valid' },
    add: 'Record a certificate', correct: 'Correct', withdraw: 'Withdraw', done: 'Recorded', withdrawn: 'Withdrawn', record: 'Record it',
  },
  squad: { make: 'Make a team', make_verb: 'Make the team', made: 'Made; add people next', kind: 'Kind', name: 'Name', areas: 'Grids', people: '{count} people', join: 'Add somebody', joined: 'Added', function: 'Function', leave: 'Leave', left: 'Left', change: 'Change', changed: 'Changed', end: 'End', ended: 'Ended', last_day: 'Last day' },
  shift: {
    week: '{from} to {to}', before: 'Week before', after: 'Week after', this: 'This week', now: 'On shift now: {names}', hole: 'nobody for {minutes} min', whole: 'no gap', holiday: 'holiday', away: 'away', next_day: 'next day', add: 'Add a shift', added: 'Added', day: 'Day', start: 'From', end: 'To', removed: 'Taken away', print: 'Print',
    pattern: 'Plan by turns', people: 'People in order', add_person: 'Add', times: 'Shifts of a day', add_time: 'One more shift', first: 'First day', last: 'Last day', turn: 'Turns', turns: { day: 'every day', shift: 'every shift', week: 'every week' }, weekdays: 'Days', skip: 'Not on public holidays', plan: 'Plan', cover_set: 'Hours to cover', cover_holidays: 'On public holidays, too', cover_saved: 'Set',
    names: { 0: 'Mon', 1: 'Tue', 2: 'Wed', 3: 'Thu', 4: 'Fri', 5: 'Sat', 6: 'Sun' },
  },
  open_work: { what: 'This work', pass: 'goes to the successor', release: 'waits for whoever comes first', keep: 'stays with them' },
  sheet: { title: 'Hand-over of a grid', from: 'From', to: 'To', on: 'On', items: 'Work', area: 'Grid', post: 'Post', number: 'Case', stage: 'Stage', what: 'Class', due: 'Due', now: 'Now with', open: 'Open the sheet', print: 'Print', count: '{count} items' },
  net: {
    standing: 'Set up', shipped: 'Can be set up', set_up: 'Set up', set_up_done: 'Set up; add grids next', own: 'One of your own', code: 'Code', name: 'Name', levels: 'Levels', rules: 'Rules', source: 'Source', edit_levels: 'Change name and levels', saved: 'Saved', add_rule: 'Add a rule', asks: 'Asks', low: 'At least', high: 'At most', value: 'What',
    faults: 'Not as the rules ask', tree: 'Grids', add: 'Add a grid', added: 'Added', parent: 'Above it', top: 'At the top', members: 'Base areas it holds',
  },
  also: { title: 'Also part of', nobody: 'nobody', members: 'Made of these base areas', edit: 'Choose base areas', rota: 'Rota', teams: 'Teams', households: 'Households', set: 'Record households', saved: 'Recorded', here: 'This place', close: 'Close' },
  contract: 'Contract', employer: 'Employer', second_line: 'Also directed by',
}
