import { UserFilled } from '@element-plus/icons-vue'

import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'people',
  path: '/people',
  place: 80,
  title: { zh: '成员', en: 'People' },
  icon: UserFilled,
  component: () => import('./PeoplePage.vue'),
  may: (who) => who.admin,
}

export default page
