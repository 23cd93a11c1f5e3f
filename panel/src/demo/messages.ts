const zh = {
  menu: '演示',
  shop: '演示店铺',
  buyer: '打开买家窗口',
  begin: '模拟忙碌一小时',
  what: '我们自己写的对话，一分钟里陆续进店',
  playing: (played: number, lines: number) => `买家正在进店：${played} / ${lines} 句`,
  already: '这家店正在播放，请等它播完',
  tooOften: (seconds: number) => `按得太勤了，请 ${seconds} 秒后再试`,
  failed: '没能开始，请稍后再试',
}

const en: typeof zh = {
  menu: 'Demo',
  shop: 'Demo shop',
  buyer: 'Open the buyer window',
  begin: 'Simulate a busy hour',
  what: 'Our own dialogues, played into the shop within a minute',
  playing: (played, lines) => `Buyers are coming in: ${played} of ${lines} lines`,
  already: 'It is being played already; wait until it is over',
  tooOften: (seconds) => `Too often; again in ${seconds} s`,
  failed: 'It could not be started; try again later',
}

export default { zh, en }
