/** Photos on their way: made smaller where they are large, sent each under an id of its own, once. */
import { carried } from '@/field/exif'
import { call, newKey } from '@/shared/api/call'

const LARGE = 3 * 1024 * 1024
const LONG_SIDE = 2048
const QUALITY = 0.82
const HEAD = 256 * 1024 // what a camera writes beside the pixels stands before them

export interface Photo { id: string; key: string; blob: Blob; shown: string; sent: boolean; shot?: string }

export async function taken(file: File): Promise<Photo> {
  const blob = file.size > LARGE ? await smaller(file) : file
  return { id: newKey(), key: newKey(), blob, shown: URL.createObjectURL(blob), sent: false }
}

/** The long side at most 2048 px, with the time and place that the camera wrote. A picture that cannot be read here goes as it is; the service judges it. */
async function smaller(file: File): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const copy = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', QUALITY))
    return copy ? new Blob(carried(await bytes(file.slice(0, HEAD)), await bytes(copy)) as BlobPart[], { type: 'image/jpeg' }) : file
  } catch {
    return file
  }
}

const bytes = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer())

/** Send those not sent yet, one after the other; a photo whose answer was lost is sent again under the same id. */
export async function send(photos: Photo[], told: (done: number) => void = () => undefined): Promise<string[]> {
  for (const [place, photo] of photos.entries()) {
    told(place)
    if (photo.sent) continue
    const form = new FormData()
    form.append('id', photo.id)
    form.append('file', photo.blob, `${photo.id}.jpg`)
    await call('POST', '/api/files', { body: form, key: photo.key })
    photo.sent = true
  }
  return photos.map((photo) => photo.id)
}
