import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'login',
  path: '/login',
  place: null,
  title: { zh: '登录', en: 'Log in' },
  component: () => import('./LoginPage.vue'),
  kind: 'public',
}

export default page
