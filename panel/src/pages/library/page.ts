import { Reading } from '@element-plus/icons-vue'

import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'library',
  path: '/library',
  place: 20,
  title: { zh: '话术库', en: 'Library' },
  icon: Reading,
  component: () => import('./LibraryPage.vue'),
}

export default page
