/** The numbers of a chart, for those who would rather read them. */
export interface Table {
  head: string[]
  rows: string[][]
}
