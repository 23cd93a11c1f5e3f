import { Calendar } from '@element-plus/icons-vue'

import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'shifts',
  path: '/shifts',
  place: 70,
  title: { zh: '班次', en: 'Shifts' },
  icon: Calendar,
  component: () => import('./ShiftsPage.vue'),
}

export default page
