import { QuestionFilled } from '@element-plus/icons-vue'

import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'misses',
  path: '/misses',
  place: 40,
  title: { zh: '未命中', en: 'Misses' },
  icon: QuestionFilled,
  component: () => import('./MissesPage.vue'),
}

export default page
