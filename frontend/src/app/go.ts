import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { objectParams, type ObjectName } from '../model/config/objects'

export type PagePath =
  '/overview' | '/graph' | '/services' | '/workloads' | '/config' | '/config/findings' | '/changes' | '/mesh'

/** Goes to a page and takes namespaces, window and moment along (the root route retains them). */
export function useGoTo(): (to: PagePath, search?: Readonly<Record<string, string>>) => void {
  const navigate = useNavigate()
  return useCallback((to, search = {}) => void navigate({ to, search }), [navigate])
}

/** Goes to the page of one service or workload. */
export function useGoToDetail(): (kind: 'service' | 'workload', namespace: string, name: string) => void {
  const navigate = useNavigate()
  return useCallback(
    (kind, namespace, name) => {
      const params = { namespace, name }
      void (kind === 'service'
        ? navigate({ to: '/services/$namespace/$name', params })
        : navigate({ to: '/workloads/$namespace/$name', params }))
    },
    [navigate],
  )
}

/** Goes to the page of one object of the configuration. */
export function useGoToObject(): (object: ObjectName, at?: string) => void {
  const navigate = useNavigate()
  return useCallback(
    (object, at) =>
      void navigate({
        to: '/config/$kind/$namespace/$name',
        params: objectParams(object),
        search: at === undefined || at === '' ? {} : { at },
      }),
    [navigate],
  )
}
