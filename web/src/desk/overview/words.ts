export const zh = {
  overview: '统计', title: '{area}的案件', at: '截至 {time}', print: '打印', where: '区域', all: '全部区域', cases: '件',
  today: '今天', reported: '上报', filed: '立案', ended: '结案', on_time: '按时结案', ended_late: '超时结案', exempted: '其中 {count} 件经申诉已豁免', share: '占结案的 {share}%', none_ended: '今天还没有结案',
  open: '在办', late: '超期', of_open: '占在办的 {share}%',
  stages: '各环节在办与停留时间', stage: '环节', ages: '在本环节停留', bar: '分布', no_open: '没有在办的案件。',
  units: '按处置单位', unit: '单位', areas: '按区域', area: '区域', below: '看{name}', no_units: '派遣给单位的在办案件会列在这里。', no_areas: '这里已是最小一级，下面没有区域。', by: '按{column}排序', sum: '合计',
}
export const en: typeof zh = {
  overview: 'Figures', title: 'Cases in {area}', at: 'As of {time}', print: 'Print', where: 'Area', all: 'Everywhere', cases: ' cases',
  today: 'Today', reported: 'Reported', filed: 'Filed', ended: 'Closed', on_time: 'Closed in time', ended_late: 'Closed late', exempted: '{count} of them exempted by appeal', share: '{share}% of those closed', none_ended: 'None closed today yet',
  open: 'Open', late: 'Late', of_open: '{share}% of those open',
  stages: 'Open cases by stage, and how long they have been there', stage: 'Stage', ages: 'In this stage for', bar: 'Spread', no_open: 'No open cases.',
  units: 'By unit', unit: 'Unit', areas: 'By area', area: 'Area', below: 'See {name}', no_units: 'Open cases dispatched to units are listed here.', no_areas: 'This is the lowest level; there are no areas below.', by: 'Sort by {column}', sum: 'Total',
}
