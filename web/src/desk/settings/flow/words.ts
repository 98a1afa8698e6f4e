/** Words of the page of flows. */
export const zh = {
  views: { force: '现行流程', draft: '草稿', versions: '各个版本' }, which: '看什么', flow: '流程', area: '适用的区域', whole: '全部区域',
  in_force: '此处现行：{version}', nothing_chosen: '点一个环节，只看与它有关的各步',
  begin: '起草修改', go_on: '接着改草稿', begun: '草稿已建好，改动不影响现在办理的案件',
  no_draft: '这里还没有草稿。起草后在这里一步一步改，检查没有问题再发布；发布前不影响任何案件。', take_in: '从文件起草', taken_in: '已按文件建好草稿', bad_file: '没有采用：这个文件不是 JSON。请选用从这里导出的流程文件。',
  drafted: '{by} {time}起草，从{version}改起', undo: '撤销上一处修改', undone: '已撤销', add: '加一步', publish: '发布', drop: '放弃草稿', drop_sure: '放弃后，草稿里的修改都没有了；现行的流程不变。', keep: '留着', dropped: '已放弃', export: '导出',
  publish_title: '发布这份流程', publish_note: '从现在起，在{area}新上报的案件按它办理；已经在办的案件仍按原来的版本办完。', reason: '为什么改', reason_hint: '例如：按区里 2026 年第 3 次联席会议的决定', published: '已发布，新上报的案件按它办理',
  faults: '有 {count} 个问题，改好才能发布', notes: '有 {count} 处请留意', fine: '检查没有发现问题，可以发布', findings: '检查结果', see_row: '看这一步',
  same: '和现行的流程一样。', differences: '与现行（{version}）比', before: '现行', after: '草稿', added: '新加', removed: '去掉', what: '改了什么',
  kinds: { name: '名称', verify_first: '先核实的渠道', row: '{state} · {action}', clock: '{state}的时限', apart: '职责分开', usual: '{state}的待办' },
  steps: '各步', state: '在哪个环节', action: '做什么', who: '谁', to: '之后到哪里', gives: '必须填什么', needs: '什么条件', edit: '修改', remove: '去掉', removed_row: '已去掉这一步', saved: '已改', stays: '留在原环节',
  row_title: '{state} · {action}', add_title: '加一步', counts_as: '记为“{duty}”职责。谁做过，按下面“不能由同一人做”的规定，就不能再做要分开的那一样。', must: '（必须）', no_more: '这个流程已经有了所有做得到的步骤。', save_row: '保存这一步', add_row: '加上这一步',
  limits: '各环节的时限', limit: '时限', limit_hint: '时限的长短在“环节时限”和“立案标准”里定；这里只选用哪一个。',
  limit_names: { none: '不计时', class: '立案标准的处置时限', level: '按承办的级别（村社区、镇街、区县）' },
  apart: '不能由同一人做', apart_hint: '勾上的两样，同一件案件上不能是同一个人做，不管他有几个岗位。“处置”和“核查”“结案”按标准必须分开。', pair: '{one} 和 {other}',
  usual: '待办给谁', usual_hint: '案件到了这个环节，通常接着做哪一步，能做的人就会收到待办。从上往下看，第一个合适的算数。', when: '什么时候', always: '平常', usual_step: '接着做', usual_title: '“{state}”的待办', add_usual: '加一条', save_usual: '保存待办',
  verify_first: '先核实再立案的渠道', verify_first_hint: '从这些渠道来的，要现场核实属实才能立案。', name: '流程的名称', rename: '改名称',
  version: '版本', where: '用在哪里', running: '在办案件', published_at: '发布', states: { shipped: '随产品', published: '现行', retired: '已停用' }, elsewhere: '现行于别处', look: '看', from_this: '从它起草', retire: '停用', retire_title: '停用{version}', retire_note: '停用后，在{area}新上报的案件改按上级区域或随产品的流程办理；已经在办的仍按它办完。', retired: '已停用', by_reason: '{by}：{reason}', empty: '还没有版本。', looking_at: '正在看{version}', back: '回到现行的',
  label: '流程图：{name}，下面的列表是同样的内容', start: '开始', all: '看全部', moved: '草稿已被别人改过，已换成最新的。', no_right: '流程由区域管理员维护，这里只能看。',
}
export const en = {
  views: { force: 'In force', draft: 'Draft', versions: 'Versions' }, begin: 'Draft a change', go_on: 'Go on with the draft', undo: 'Undo the last edit', add: 'Add a step', publish: 'Publish', drop: 'Drop the draft', export: 'Export', edit: 'Edit', remove: 'Remove', save_row: 'Save this step', add_row: 'Add this step', retire: 'Retire', look: 'Look', from_this: 'Draft from it',
}
