import * as standing from '@/desk/ground/standing/words'

export const zh = {
  ...standing.zh,
  ground: '网格', areas: '区域和网格', staffing: '人员配置', absences: '离岗', plans: '划分方案',
  find: '编码开头或名称', tree: '区域树', open_branch: '展开{name}', close_branch: '收起{name}', more: '还有，继续列出',
  empty: '还没有区域。到“设置 · 导入”先导入行政区划表，再导入网格图层。', choose: '在左边选一个区域，这里显示四至、人员和今天由谁负责。',
  gaps: '{count} 个网格今天没有主责人', no_gaps: '每个网格今天都有主责人', gaps_show: '列出来', gaps_hide: '回到区域树', not_found: '没有找到对得上的区域。',
  bounds: '四至', size: '面积', validity: '有效期', code: '编码', kind: '类别', note: '说明', successors: '已改为', no_bounds: '没有填写', no_shape: '还没有画边界，无法在图上显示。',
  shape: '“{name}”的边界', square: '{value} 平方米', hectare: '{value} 公顷', kilometre: '{value} 平方公里', since: '{day} 起', period: '{from} 至 {to}', retired: '已撤销',
  today: '今天由谁负责', nobody: '没有人负责', why: {
    shift: '按值班表此刻在班', main: '主责在岗', stands_in: '主责离岗，由副岗代理', no_main: '没有主责，由副岗负责', all_away: '有人任职，但今天都不在岗', nobody: '还没有安排人员',
  },
  posts: { main: '主责（A 岗）', deputy: '副岗（B 岗）', member: '成员' }, team: '任职人员', team_empty: '还没有人。先任命一位主责，再任命副岗，主责离岗时由副岗代理。',
  duties: '职责', away: '今天离岗', future: '还没开始', always: '长期', person: '人员', post: '岗位', from: '开始', until: '结束',
  appoint: '任命', appoint_title: '给“{name}”任命人员', appoint_verb: '任命', appointed: '已任命', duties_hint: '可不填；写一个按一次回车，例如：巡查、走访',
  until_hint: '结束那天当天仍在任；不填为长期', person_hint: '只列出可以派到这里的人',
  end: '结束任职', end_title: '结束“{name}”的任职', end_day: '最后一天', end_text: '到这一天为止，之后不再由他负责。', end_verb: '结束任职', ended: '已结束',
  hand_over: '交接', hand_over_title: '“{name}”交接给', hand_over_day: '接任者的第一天', hand_over_text: '原任到前一天为止，岗位和职责不变，中间不空岗。', hand_over_verb: '办理交接', handed_over: '已办理交接',
  not_staffing: '任命、交接由区域管理员办理。', not_plans: '发布划分方案由区域管理员办理。',
  staffing_text: '现任和将任的人员，按区域编码。', staffing_empty: '还没有人任职。到“区域和网格”里选一个网格任命，或到“设置 · 导入”用表格一次导入。', area: '区域', any_area: '全部',
  absence_text: '离岗期间由副岗代理。不记原因。', absence_empty: '现在没有人离岗，也没有登记好的离岗。点“登记离岗”可以提前登记。', absent_new: '登记离岗', absent_verb: '登记离岗', absent_done: '已登记',
  absent_until: '结束（不填为还不知道）', absent_where: '在哪个区域任职', absent_end: '结束离岗', absent_ended: '已结束离岗', absent_open: '还不知道',
  plan_text: '每次导入区域都成为一个方案；发布后生效，旧的版本保留。', plan_empty: '还没有方案。到“设置 · 导入”导入区域，或用“自动划分…”划出一份，这里就出现各个版本。',
  plan_number: '版本', plan_title: '名称', plan_state: '状态', plan_from: '生效', plan_changes: '变动', states: { staging: '没有导完', draft: '草案', published: '已发布' },
  changes: { new: '新增 {count}', drawn: '画界 {count}', renamed: '改名 {count}', moved: '换上级 {count}', retired: '撤销 {count}' }, no_changes: '没有变动',
  publish: '发布', drop: '放弃', drop_title: '放弃“{name}”',
  drop_text: '放弃后草案不再保留，已发布的版本不受影响。', dropped: '已放弃', in_force: '现行', over: '已有新版',
}
export const en = {
  ground: 'Ground', areas: 'Areas and grids', staffing: 'Staffing', absences: 'Absences', plans: 'Plans', posts: { main: 'Main (A)', deputy: 'Deputy (B)', member: 'Member' },
  ...standing.en,
  appoint: 'Appoint', appoint_title: 'Appoint somebody to {name}', appoint_verb: 'Appoint', appointed: 'Appointed', end: 'End the posting', end_verb: 'End the posting', ended: 'Ended',
  hand_over: 'Hand over', hand_over_verb: 'Hand over', handed_over: 'Handed over', publish: 'Publish', drop: 'Drop', dropped: 'Dropped',
  absent_new: 'Note an absence', absent_verb: 'Note the absence', absent_done: 'Noted', absent_end: 'End the absence', absent_ended: 'Absence ended',
  area: 'Area', any_area: 'All', person: 'Person', post: 'Post', from: 'From', until: 'Until', duties: 'Duties', today: 'On duty today', nobody: 'Nobody', team: 'Who is appointed',
  plan_number: 'Version', plan_title: 'Name', plan_state: 'State', plan_from: 'In force since', plan_changes: 'Changes', in_force: 'in force', over: 'replaced',
  states: { staging: 'import unfinished', draft: 'draft', published: 'published' },
}
