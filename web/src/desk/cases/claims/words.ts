/** Complaints with a sum of money. */
export const zh = {
  claims: '涉及金额', claim: '登记诉求金额', change: '修改诉求金额', settle: '登记落实金额', kind: '款项', kinds: { wages: '拖欠工资', refund: '退款', compensation: '赔偿', other: '其他款项' },
  amount: '诉求金额（元）', amount_hint: '如 22580 或 225.8万', amount_needed: '请填写金额。', people: '涉及人数（可不填）', people_wrong: '人数是 1 至 999999 的整数。', text: '说明',
  paid: '已落实金额（元）', paid_hint: '到现在一共落实多少，没有落实填 0', settle_rule: '填到现在为止的合计，不是这一次的。分几次落实的，每次改成新的合计。', claimed_is: '诉求 {claimed} 元',
  noted: '已登记诉求金额', settled: '已登记落实金额', claimed: '诉求', got: '已落实', nothing_yet: '还没有登记', concerns: '涉及 {n} 人', yuan: '{sum} 元',
  month: '月份', of_month: '{month} 上报的案件', what: '款项', cases: '件数', closed: '已办结', persons: '人数', sum: '诉求（元）', sum_got: '已落实（元）', share: '落实比例', all: '合计', months: '近一年',
  open: '还没有全部落实', number: '案件编号', problem: '问题', unit: '承办单位', left: '未落实（元）', none: '这个月上报的案件里没有登记金额的。欠薪、退款一类的案件，在案件的“更多”里登记诉求金额，就会列在这里。', none_open: '没有未落实的款项。', more: '先列出金额大的 200 件。',
}
export const en = {
  claims: 'Sums of money', claim: 'Note what is claimed', change: 'Change what is claimed', settle: 'Note what is settled', kind: 'Kind', kinds: { wages: 'Unpaid wages', refund: 'Refund', compensation: 'Compensation', other: 'Other' },
  amount: 'Claimed (yuan)', amount_hint: 'such as 22580', amount_needed: 'Give the sum.', people: 'People concerned', people_wrong: 'A whole number from 1 to 999999.', text: 'Remark',
  paid: 'Settled so far (yuan)', paid_hint: 'all of it until now, 0 for nothing', settle_rule: 'The whole until now, not this time’s part.', claimed_is: '{claimed} yuan claimed',
  noted: 'Noted', settled: 'Noted', claimed: 'Claimed', got: 'Settled', nothing_yet: 'nothing noted yet', concerns: '{n} people', yuan: '{sum} yuan',
  month: 'Month', of_month: 'Cases reported in {month}', what: 'Kind', cases: 'Cases', closed: 'Over', persons: 'People', sum: 'Claimed', sum_got: 'Settled', share: 'Share', all: 'All', months: 'Twelve months',
  open: 'Not settled as a whole', number: 'Number', problem: 'Problem', unit: 'Unit', left: 'Left', none: 'No case of this month tells of a sum.', none_open: 'Everything is settled.', more: 'The 200 largest.',
}
