const zh = {
  shop: '店铺',
  period: '时间范围',
  spans: { 1: '今天', 7: '7 天', 30: '30 天', 90: '90 天' } as Record<number, string>,
  offline: '连不上服务，请看看它是否还在运行',
  failed: (detail: string) => `没能读出来：${detail}`,
  again: '再试一次',
  loading: '正在读取…',
  noShops: '您还没有加入任何店铺，请管理员在“成员”页把您加进去',
  close: '关闭',
  platforms: {
    tmall: '天猫', taobao: '淘宝', jd: '京东', pdd: '拼多多', douyin: '抖音', kuaishou: '快手',
  } as Record<string, string>,
  statuses: {
    unpaid: '待付款', paid: '已付款', unprinted: '未打单', printed: '已打单', locked: '已锁定',
    shipped: '已发货', delivered: '已签收', closed: '已关闭',
  } as Record<string, string>,
  noOrder: '没有订单',
  block: '不能发送',
  warn: '提醒',
  useInstead: '改成这句',
}

const en: typeof zh = {
  shop: 'Shop',
  period: 'Period',
  spans: { 1: 'Today', 7: '7 days', 30: '30 days', 90: '90 days' },
  offline: 'The desk cannot be reached; is it running?',
  failed: (detail) => `Could not be read: ${detail}`,
  again: 'Try again',
  loading: 'Loading…',
  noShops: 'You are in no shop yet; an admin adds you on the people page',
  close: 'Close',
  platforms: { tmall: 'Tmall', taobao: 'Taobao', jd: 'JD', pdd: 'Pinduoduo', douyin: 'Douyin', kuaishou: 'Kuaishou' },
  statuses: {
    unpaid: 'unpaid', paid: 'paid', unprinted: 'not printed', printed: 'printed', locked: 'locked',
    shipped: 'shipped', delivered: 'delivered', closed: 'closed',
  },
  noOrder: 'no order',
  block: 'Cannot be sent',
  warn: 'Advice',
  useInstead: 'Say this instead',
}

export default { zh, en }
