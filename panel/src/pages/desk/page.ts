import { ChatLineRound } from '@element-plus/icons-vue'

import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'desk',
  path: '/',
  place: 10,
  title: { zh: '工作台', en: 'Desk' },
  icon: ChatLineRound,
  component: () => import('./DeskPage.vue'),
}

export default page
