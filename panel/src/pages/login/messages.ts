const zh = {
  welcome: '话术 · 客服工作台',
  line: '买家问什么，给您过了平台规则的回复',
  name: '账号',
  password: '密码',
  enter: '登录',
  wrong: '账号或密码不对，请再看看',
  locked: (minutes: number) => `输错次数太多，请 ${minutes} 分钟后再试`,
  offline: '连不上服务，请看看它是否还在运行',
  failed: (detail: string) => `没能登录：${detail}`,
}

const en: typeof zh = {
  welcome: 'Huashu · agent desk',
  line: 'Replies that keep the platform’s rules',
  name: 'Account',
  password: 'Password',
  enter: 'Log in',
  wrong: 'Account or password are wrong',
  locked: (minutes) => `Too many failures; try again in ${minutes} min`,
  offline: 'The desk cannot be reached; is it running?',
  failed: (detail) => `Could not log in: ${detail}`,
}

export default { zh, en }
