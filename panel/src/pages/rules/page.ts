import { Collection } from '@element-plus/icons-vue'

import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'rules',
  path: '/rules',
  place: 30,
  title: { zh: '规则', en: 'Rules' },
  icon: Collection,
  component: () => import('./RulesPage.vue'),
}

export default page
