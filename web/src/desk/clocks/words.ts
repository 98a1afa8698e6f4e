export const zh = {
  clocks: '时限', suspensions: '挂账台账', appeals: '超期申诉',
  ending: '只看即将到期和申请续挂的', all_units: '全部单位', number: '案件编号', what: '问题', unit: '承办单位', reason: '挂账原因', began: '挂账时间', until: '恢复日期', left: '还剩', days: '{days} 天', today: '今天恢复', season: '种植季',
  renewal: '申请续挂到 {until}', none_suspended: '没有挂账的案件。单位申请挂账并经派遣员同意后，会列在这里，到期自动恢复。', none_ending: '没有即将到期的挂账，也没有续挂申请。', list: '挂账台账',
  waiting: '待审', granted: '已豁免', refused: '未同意', withdrawn: '已撤回', state: '申诉状态', stage: '环节', late: '超期', times: '应于 {due}，实际 {ended}',
  none_appeals: '没有待审的超期申诉。单位从案件的“更多”里提出申诉后，会列在这里。', none_closed: '这一类申诉还没有。', done: '已办理：{name}', open: '打开案件',
}
export const en = {
  clocks: 'Deadlines', suspensions: 'Suspended cases', appeals: 'Appeals',
  ending: 'Only what ends soon or is to be prolonged', all_units: 'All units', number: 'Number', what: 'Problem', unit: 'Unit', reason: 'Reason', began: 'Since', until: 'Goes on', left: 'Left', days: '{days} days', today: 'today', season: 'planting season',
  renewal: 'asks for more time, to {until}', none_suspended: 'Nothing is suspended.', none_ending: 'Nothing ends soon, and nobody asks for more time.', list: 'Suspended cases',
  waiting: 'To review', granted: 'Exempted', refused: 'Refused', withdrawn: 'Withdrawn', state: 'State', stage: 'Stage', late: 'Late by', times: 'due {due}, ended {ended}',
  none_appeals: 'No appeal waits for a review.', none_closed: 'There is none of this kind.', done: 'Done: {name}', open: 'Open the case',
}
