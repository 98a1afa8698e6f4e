export const zh = {
  usual: '常用时长', lengths: { weeks: '两周', one: '一个月', three: '三个月', half: '半年' }, season: '等种植季', season_hint: '到这类问题在当地的下一个种植季开始时，自动恢复计时。',
  suspend_until: '恢复日期', suspend_hint: '到这一天自动恢复计时（不上班就顺延到下一个工作日）。不填按最长期限算，到期前会提醒。',
  renew_until: '改到哪一天恢复', renew_hint: '连同已挂账的时间，不能超过最长期限（默认一年）。', no_day: '请填写恢复日期', ends_now: '现在定于 {until} 自动恢复计时。',
  renewal_asked: '单位申请续挂到 {until}：{reason}',
  ask_renewal: { title: '申请续挂', send: '提交续挂申请', done: '已申请续挂到 {until}' }, renew: { title: '续挂', send: '续挂', done: '已续挂到 {until}' },
  overran: '这一环节超期 {over}（应于 {due}）',
  title: '超期与申诉', late_by: '超期 {over}', exempted: '超期 {over}，已豁免', times: '应于 {due}，实际 {ended}',
  appeal: '超期申诉', which: '申诉哪个环节的超期', over_by: '应于 {due}，实际 {ended}，超期 {over}。', until: '{at} 前可以申诉', why: '为什么不该算超期', evidence: '证明材料（照片或文件）',
  appeal_rule: '先由指挥中心初审，再由值班长或评价员复审，由两位不同的人办理。同意后统计不算超期，超期的事实照旧保留。', send_appeal: '提交申诉', appealed: '已提交超期申诉', none_to_appeal: '没有可以申诉的超期：已过申诉期限、已申诉过，或不是您单位的超期。',
  asked_by: '{who} {at} 提出', first: '初审 {who} {at}', second: '复审 {who} {at}', remark: '意见（可不填）', grant_rule: '同意后，这一环节的超期不再计入统计；案件上仍写明“超期，已豁免”。',
}
export const en = {
  usual: 'Usual lengths', lengths: { weeks: 'Two weeks', one: 'A month', three: 'Three months', half: 'Half a year' }, season: 'Planting season', season_hint: 'It goes on by itself when the planting season of this class opens here.',
  suspend_until: 'Goes on at', suspend_hint: 'On that day the clock runs on by itself (on a day off, the next working day). Left out, it is the longest; you are reminded before.',
  renew_until: 'Goes on at', renew_hint: 'Together with the time it has been suspended, no more than the longest (a year by default).', no_day: 'Give the day', ends_now: 'It goes on by itself on {until}.',
  renewal_asked: 'The unit asks for more time, to {until}: {reason}',
  ask_renewal: { title: 'Ask for more time', send: 'Ask', done: 'Asked to suspend until {until}' }, renew: { title: 'Prolong the suspension', send: 'Prolong', done: 'Suspended until {until}' },
  overran: 'this stage was {over} late (due {due})',
  title: 'Overruns and appeals', late_by: '{over} late', exempted: '{over} late, exempted', times: 'due {due}, ended {ended}',
  appeal: 'Appeal', which: 'Which stage', over_by: 'due {due}, ended {ended}, {over} late.', until: 'may be appealed against until {at}', why: 'Why it should not count', evidence: 'Evidence (photos or documents)',
  appeal_rule: 'The directing centre reviews first, the shift leader or an evaluator second; two different people. Granted, the overrun is left out of the statistics; the fact stays.', send_appeal: 'Appeal', appealed: 'Appealed', none_to_appeal: 'There is no overrun to appeal against: too late, appealed already, or of another unit.',
  asked_by: '{who}, {at}', first: 'First review: {who}, {at}', second: 'Second review: {who}, {at}', remark: 'Remark (may be left out)', grant_rule: 'The overrun of this stage no longer counts; the case still says “overran, exempted”.',
}
