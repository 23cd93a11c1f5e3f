import { Notebook } from '@element-plus/icons-vue'

import type { PanelPage } from '../page'

const page: PanelPage = {
  name: 'handover',
  path: '/handover',
  place: 60,
  title: { zh: '交接', en: 'Handover' },
  icon: Notebook,
  component: () => import('./HandoverPage.vue'),
}

export default page
