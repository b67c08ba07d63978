/** What changes on screen when somebody is opted out, or back in. */
import { getTargetList, listMembers, listMemberships, listOptOuts, listTargetLists } from '../../../src/audience/contract.ts'

export const optOutReads = [getTargetList, listMembers, listMemberships, listOptOuts, listTargetLists]
