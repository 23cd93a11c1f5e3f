const zh = {
  product: '话术',
  navigation: '主导航',
  main: '主要内容',
  toDark: '换成深色',
  toLight: '换成浅色',
  toOther: 'Switch to English',
  otherShort: 'EN',
  account: '我的账号',
  password: '修改密码',
  leave: '退出登录',
  admin: '管理员',
  skip: '跳到主要内容',
}

const en: typeof zh = {
  product: 'Huashu',
  navigation: 'Main navigation',
  main: 'Main content',
  toDark: 'Use dark colours',
  toLight: 'Use light colours',
  toOther: '换成中文',
  otherShort: '中',
  account: 'My account',
  password: 'Change password',
  leave: 'Log out',
  admin: 'Admin',
  skip: 'Skip to the main content',
}

export default { zh, en }
