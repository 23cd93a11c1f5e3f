import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'password',
  path: '/password',
  place: null,
  title: { zh: '修改密码', en: 'Change password' },
  component: () => import('./PasswordPage.vue'),
  kind: 'plain',
}

export default page
