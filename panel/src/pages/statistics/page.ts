import { DataAnalysis } from '@element-plus/icons-vue'

import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'statistics',
  path: '/statistics',
  place: 50,
  title: { zh: '统计', en: 'Statistics' },
  icon: DataAnalysis,
  component: () => import('./StatisticsPage.vue'),
}

export default page
