const zh = {
  title: '修改密码',
  first: '第一次登录，请换一个只有您知道的密码',
  line: '换好以后，别处的登录都会退出',
  old: '现在的密码',
  fresh: '新密码',
  again: '再输一遍新密码',
  save: '保存',
  back: '返回',
  differ: '两遍新密码不一样',
  wrong: '现在的密码不对',
  offline: '连不上服务，请看看它是否还在运行',
  refused: (detail: string) => `没有保存：${detail}`,
}

const en: typeof zh = {
  title: 'Change password',
  first: 'First login: choose a password that only you know',
  line: 'Afterwards all your other sessions end',
  old: 'Present password',
  fresh: 'New password',
  again: 'New password once more',
  save: 'Save',
  back: 'Back',
  differ: 'The two new passwords differ',
  wrong: 'The present password is wrong',
  offline: 'The desk cannot be reached; is it running?',
  refused: (detail) => `Not saved: ${detail}`,
}

export default { zh, en }
