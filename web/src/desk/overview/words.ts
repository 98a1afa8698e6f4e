export const zh = {
  overview: '统计', title: '{area}的案件', at: '截至 {time}', print: '打印', where: '区域', all: '全部区域', cases: '件',
  today: '今天', reported: '上报', filed: '立案', ended: '结案', on_time: '按时结案', ended_late: '超时结案', share: '占结案的 {share}%', none_ended: '今天还没有结案',
  open: '在办', late: '超期', of_open: '占在办的 {share}%',
  stages: '各环节在办与停留时间', stage: '环节', ages: '在本环节停留', bar: '分布', no_open: '没有在办的案件。',
  units: '按处置单位', unit: '单位', areas: '按区域', area: '区域', below: '看{name}', no_units: '派遣给单位的在办案件会列在这里。', no_areas: '这里已是最小一级，下面没有区域。', by: '按{column}排序', sum: '合计',
}
export const en = {
  overview: 'Figures', title: 'Cases in {area}', at: 'As of {time}', print: 'Print', today: 'Today', reported: 'Reported', filed: 'Filed', ended: 'Closed',
  open: 'Open', late: 'Late', stage: 'Stage', units: 'By unit', unit: 'Unit', areas: 'By area', area: 'Area', sum: 'Total',
}
