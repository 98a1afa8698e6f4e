export const zh = {
  register: '部件', list: '部件', counts: '数量', failing: '反复出问题', samples: '抽样核查',
  find: '名称、单位', number_find: '标识码开头', any_class: '全部分类', any_state: '在用的全部', with_gone: '连同废弃、移除', class: '分类', state: '状态', area: '区域', number: '标识码', name: '名称', grid: '所在网格', owner: '权属单位', supervisor: '主管部门', maintainer: '养护单位',
  class_hint: '输入名称或代码', all: '共 {count} 个', of_state: '{name} {count}', choose: '在左边选一个部件，这里显示它的位置、档案、案件和变更记录。',
  empty: '还没有部件。点“登记部件”逐个登记，或到“设置 · 导入”用图层、表格一次导入。', empty_reader: '还没有部件。由区域管理员登记或导入后显示在这里。',
  add: '登记部件', add_title: '登记部件', add_verb: '登记这个部件', added: '已登记，标识码 {number}', export: '导出', export_csv: '表格（CSV）', export_xlsx: '工作簿（XLSX）', export_gpkg: '图层（GeoPackage）', exporting: '按现在的条件导出', import: '导入',
  number_hint: '空着由系统编号', name_hint: '空着用分类的标准名称', code: '代码', body_hint: '单位编码，或统一社会信用代码', body_name_hint: '单位名称', body_none: '没有登记', body_foreign: '不是本系统的单位，自己填写', body_ours: '改为从本系统的单位里选', surveyed_on: '初始日期', surveyed_hint: '空着为今天', changed_on: '变更日期', source: '数据来源', sources: '实测,地形图,基础地理数据,其他', accuracy: '精度等级', accuracies: { A: 'A（±0.5 米）', B: 'B（±1.0 米）', C: 'C（±10.0 米）' }, no_accuracy: '没有写', note: '备注', place: '位置', place_needed: '还没有定位置', class_needed: '还没有选分类',
  correct: '更正', correct_title: '更正“{name}”', correct_verb: '保存更正', corrected: '已更正', why: '原因', why_hint: '为什么改，例如：核查时发现', new_number: '换了分类会给一个新的标识码，旧的仍能查到。',
  move: '改位置', move_title: '改“{name}”的位置', move_verb: '改到这里', moved: '位置已改', move_text: '搬动过，或重新测量过。网格随位置变，区县不能变。', on: '哪一天（空着为今天）',
  change: '改状态', change_title: '改“{name}”的状态', change_verb: '改为{state}', changed: '状态已改', reason_needed: '改为丢失、废弃、移除要写原因', gone_text: '废弃、移除后不再改动，标识码不再使用。',
  of_others: '登记、更正、改位置由区域管理员办理。', ours: '本系统单位', survey_grid: '普查时在', before_numbers: '曾用标识码', until: '用到{day}', any_area: '全部区域', chain: '在', copy_number: '标识码', place_of: '“{name}”的位置',
  facts: '档案', history: '变更记录', cases: '案件', cases_none: '还没有与它有关的案件。上报、立案时选了这个部件的案件显示在这里。', cases_sum: '出问题 {failures} 次，其中 {repeats} 次是结案后 {days} 天内又报', repeat: '重复故障', no_cases: '案件不对您开放。', report: '上报它的问题', from_to: '{name}：{before} → {after}', set_to: '{name}：{after}', cleared: '{name}：{before} → 空', by_job: '程序', by_cli: '服务器操作员', all_cases: '在案件列表里看',
  counts_text: '每个数都能点开，看是哪些部件。', major: '大类', sum: '合计', counts_empty: '还没有部件，登记或导入后在这里按分类和状态统计。',
  failing_text: '一段时间里多次被报的部件，次数多的在前。次数可以点开看案件。', since: '从', up_to: '到', at_least: '至少几次', times: '次数', open: '在办', last: '最近一次', failing_empty: '这段时间没有部件被报 {count} 次以上。上报、立案时选了部件的案件才计入。',
  samples_text: '普查成果要抽样核查，正确率不低于要求的才算合格。先公布种子，再按种子抽样，谁都可以照着重抽一遍。', draw: '抽样', draw_title: '抽一个样本', draw_verb: '抽 {count} 个', drawn: '已抽样', title: '名称', title_hint: '例如：柳溪街道 2026 年普查', seed: '种子', seed_hint: '先公布的一句话或一串数字', size: '抽几个', sample_area: '区域（空着为您管的全部）', sample_classes: '只抽这些分类', samples_empty: '还没有抽样核查。点“抽样”抽一个样本，打印核查表带到现场。', samples_reader: '还没有抽样核查。由区域管理员抽样后显示在这里。', population: '从 {count} 个里抽', progress: '核对', verdict: '结论', passes: '通过', fails: '不通过', not_yet: '没有核完', drawn_at: '抽样时间',
  sheet: '核查表（XLSX）', repeat_draw: '种子“{seed}”，名单指纹 {digest}', conclude: '定论', conclude_title: '给这次核查定论', conclude_text: '定论以后，核查记录不能再改。', concluded: '已定论', so_far: '到现在', place_no: '序号', there: '在', marks: { exists: '在不在', place: '位置', class: '分类', owner: '权属', state: '状态' }, right: '对', wrong: '不对', open_mark: '没看', all_right: '全对', not_there: '不在', right_of: '对 {right}，不对 {wrong}，没看 {open}', looked: '已记录', found_at: '实测经纬度', found_hint: '可不填；填了按精度等级判位置', metres: '差 {count} 米', note_found: '实际情况', record: '记录', record_title: '第 {place} 号：{name}', record_verb: '保存这一条', done_of: '已核 {done} / {size}', registered: '登记的是', next_open: '下一个没看的', back: '返回抽样核查',
  sum_true: '这一个算正确。', sum_false: '这一个算不正确。', sum_null: '还没有看全，暂不计入正确。',
  convert: '转到新分类', convert_title: '把旧分类的部件转到新分类', convert_from: '旧分类方案', convert_to: '新分类方案', convert_look: '先看会怎样', convert_verb: '转换 {count} 个', converted: '已转换 {count} 个', convert_text: '只转一对一的分类，标识码换成新的位数，旧的仍能查到。', convert_none: '没有可以转的部件。', convert_left: '下面这些要人工定：',
  pick: '是哪个部件', pick_none: '附近 {metres} 米没有登记的部件', pick_hint: '先定位置，再选附近的部件', pick_metres: '{metres} 米', pick_no: '不是部件，或不知道是哪个',
}
export const en = {
  register: 'Parts', list: 'Parts', counts: 'Counts', failing: 'Failing again', samples: 'Sampling checks',
  add: 'Add a part', add_verb: 'Add this part', export: 'Export', import: 'Import', correct: 'Correct', correct_verb: 'Save', move: 'Move', move_verb: 'Move it here', change: 'Change state', draw: 'Draw', conclude: 'Conclude', record: 'Record', record_verb: 'Save this one', convert: 'Convert classes',
}
