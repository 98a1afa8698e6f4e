/** Sending a new referral: what is missing, one id and one key for one matter, refusals at their fields. */
import { computed, ref } from 'vue'
import { useDeed } from '@/desk/parts/deed'
import { call, newKey } from '@/shared/api/call'
import { bodyOf, emptyDraft, lacking } from './referral'

const FIELDS = {
  'referral.unknown_unit': 'unit_code', 'referral.unit_retired': 'unit_code', 'referral.own_unit': 'unit_code', 'referral.nobody_signs': 'unit_code',
  'referral.unknown_category': 'category', 'referral.unknown_area': 'area', 'referral.no_place': 'area', 'referral.outside': 'area', 'case.no_area': 'area',
}

export function useSending(caseId: () => string) {
  const draft = ref(emptyDraft())
  const id = newKey()
  const deed = useDeed(FIELDS)
  const tried = ref(false)
  const pending = ref(0)
  const lacks = computed(() => tried.value ? lacking(draft.value, !!caseId()) : [])
  const nobody = computed(() => deed.refused?.code === 'referral.nobody_signs')
  async function send(): Promise<{ id: string; number: string } | null> {
    tried.value = true
    if (pending.value || lacking(draft.value, !!caseId()).length) return null
    let taken: { id: string; number: string } | null = null
    const body = bodyOf(draft.value, id, caseId())
    await deed.send(body, async (key) => { taken = await call('POST', '/api/referrals', { body, key }) })
    return taken
  }
  return { draft, deed, lacks, pending, nobody, send }
}
