/** Words of referrals with signature. */
export const zh = {
  referrals: '报送签收', badge: '{count} 件报送等您签收或办结', list: '报送', figures: '签收统计', new: '新报送', tabs_label: '按我要做的看',
  tab: { sign: '待我签收', answer: '待我答复', back: '待我办结', sent: '我报送的', received: '送到本单位的', all: '全部' },
  col: { number: '编号', what: '事项', from: '报送', unit: '接收单位', sent: '报送时间', state: '状态', signed: '签收' },
  filter: { category: '类别', state: '状态', outcome: '签收情况', all: '全部', late: '只看逾期', clear: '清除筛选', month: '{month} 的报送', unit: '单位 {unit}', area: '区域 {area}' },
  urgent: '紧急', late: '逾期', outline: '内容只有报送方和接收单位能看', empty: { sign: '现在没有等您签收的报送。别人报送给本单位的，会出现在这里。', answer: '没有等您答复的报送。签收以后，在这里填写办理结果。', back: '没有等您办结的报送。单位退回或答复后，会回到这里。', sent: '您还没有报送过。点“新报送”，把事项送到派出所、司法所、卫生院或科室，由他们签收。', received: '还没有报送到本单位的事项。', all: '您的范围内还没有报送。' },
  one: {
    loading: '正在打开…', from: '报送方', unit: '接收单位', category: '类别', area: '区域', place: '位置', text: '情况', sent_at: '报送时间', sign_due: '签收时限', due: '答复时限', found: '发现时间', case: '所属案件', by: '报送人', sendings: '历次报送', timeline: '经过', newest: '最近的在前', files: '照片和附件', system: '系统', contact: '联系方式', contact_sealed: '联系人和号码已封存。查看要写明理由，会记入日志。', contact_show: '查看联系方式', contact_reason: '为什么要看', contact_open: '记录理由并查看', contact_hide: '收起', contact_none: '没有留下联系人和号码。', name: '联系人', phone: '电话', open_map: '在地图上看', close: '关闭', no_limit: '不限时', on_map: '位置',
  },
  deed: {
    sign: '签收', signed: '已签收，请在时限内答复', refuse: '退回并说明', refuse_why: '为什么退回（报送方会看到）', refused: '已退回报送方', answer: '答复办理结果', answer_what: '办理结果（报送方会看到）', answered: '已答复，等报送方办结', files: '照片或文件',
    pass_on: '改送其他单位', pass_on_why: '为什么改送', pass_on_optional: '说明（可不填）', passed: '已改送，重新计签收时限', to: '送给', end: '办结', end_why: '为什么不再需要', end_optional: '说明（可不填）', ended: '已办结', anyway: '仍然送给这个单位', nobody: '没有能签收的人员', own: '本单位',
  },
  form: {
    title: '新报送', category: '报送什么', category_hint: '选择类别', limits: '签收时限 {sign}，答复时限 {answer}', urgent_limit: '紧急事项 {sign} 内签收', usual: '通常送 {who}', unit: '送给哪个单位', unit_hint: '按名称查找', urgency: '缓急', text: '情况说明', text_hint: '是什么、在哪里、需要对方做什么。电话和证件号码会自动封存。', place: '位置描述', place_hint: '如：枫林路 12 号', where: '在哪里', area: '所属区域', area_or: '知道准确位置的，填坐标或在地图上点选；否则选择所属区域。', contact: '涉及的人（有才填）', name: '联系人', phone: '电话', sealed: '只有报送方和接收单位能看，查看要写理由并留下记录。', files: '照片和文件', send: '报送', sent: '已报送，编号 {number}', needed: { category: '请选择类别', unit_code: '请选择接收单位', text: '请写明情况', area: '请填坐标或选择区域' }, from_case: '从案件 {number} 报送。案件照常办理，只记下报送过。', keys: 'Ctrl+Enter 报送', cancel: '取消', no_signer: '“{unit}”现在没有能签收的人员，送去会逾期。请改选，或请安全管理员给该单位授予岗位。',
  },
  panel: { title: '报送签收', none: '还没有报送。', open: '打开' },
  sheet: {
    title: '{area} {month} 报送签收统计', month: '月份', print: '打印', area: '区域', places: '各地报送和签收', units: '各单位签收', place: '地方', unit: '单位', total: '合计', sent: '报送', rate: '按时签收率', unreported: '未报送', unreported_count: '{count} 处未报送', rule: '按时签收率 = 按时签收 ÷ 应签收（按时签收、逾期签收、逾期未签收、逾期退回）。未到期的、按时退回的、签收前撤回的不计入。没有报送的写“未报送”，不是 0%。', own: '这里只有送到本单位的报送。', empty: '这个月没有报送。', at: '截至 {time}', every: '共', pieces: '次', by_category: '按类别', by_outcome: '按签收情况',
  },
}

export const en: typeof zh = {
  ...zh, referrals: 'Referrals', list: 'Referrals', figures: 'Signatures', new: 'New referral',
  tab: { sign: 'To sign', answer: 'To answer', back: 'To end', sent: 'Sent by me', received: 'To my unit', all: 'All' },
}
