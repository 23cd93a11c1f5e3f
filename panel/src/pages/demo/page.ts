import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'demo',
  path: '/demo/buyer',
  place: null,
  title: { zh: '演示买家', en: 'Demo buyer' },
  component: () => import('./DemoPage.vue'),
  kind: 'public',
}

export default page
