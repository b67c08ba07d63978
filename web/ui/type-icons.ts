/** The icons that a custom entity type may have, by the names under which they are stored. Loaded when the first one is shown. */
import {
  IconStethoscope, IconMicroscope, IconPill, IconBuildingHospital, IconHeartHandshake, IconSchool, IconCertificate, IconBook, IconMicrophone,
  IconMusic, IconPalette, IconCamera, IconBriefcase, IconBuilding, IconBuildingStore, IconBuildingFactory, IconBuildingBank, IconBuildingCommunity,
  IconHome, IconTool, IconHammer, IconRocket, IconBulb, IconDeviceLaptop, IconPrinter, IconTruck, IconCar, IconBus, IconPlane, IconShip, IconAnchor,
  IconBike, IconPlant, IconLeaf, IconPaw, IconDog, IconCat, IconCoffee, IconPizza, IconBed, IconTrophy, IconTicket, IconGift, IconShoppingCart,
  IconCreditCard, IconCoin, IconBox, IconKey, IconLock, IconShield, IconGavel, IconScale, IconWorld, IconMap, IconFlag, IconCalendar, IconClock,
  IconNews, IconPhone, IconStar, IconHeart, IconUser, IconUsers, IconUserHeart, IconUserStar, IconBabyCarriage, IconAddressBook, IconIdBadge2,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'

export const typeIcons: Record<string, Icon> = {
  stethoscope: IconStethoscope, microscope: IconMicroscope, pill: IconPill, 'building-hospital': IconBuildingHospital,
  'heart-handshake': IconHeartHandshake, school: IconSchool, certificate: IconCertificate, book: IconBook, microphone: IconMicrophone,
  music: IconMusic, palette: IconPalette, camera: IconCamera, briefcase: IconBriefcase, building: IconBuilding, 'building-store': IconBuildingStore,
  'building-factory': IconBuildingFactory, 'building-bank': IconBuildingBank, 'building-community': IconBuildingCommunity, home: IconHome,
  tool: IconTool, hammer: IconHammer, rocket: IconRocket, bulb: IconBulb, 'device-laptop': IconDeviceLaptop, printer: IconPrinter, truck: IconTruck,
  car: IconCar, bus: IconBus, plane: IconPlane, ship: IconShip, anchor: IconAnchor, bike: IconBike, plant: IconPlant, leaf: IconLeaf, paw: IconPaw,
  dog: IconDog, cat: IconCat, coffee: IconCoffee, pizza: IconPizza, bed: IconBed, trophy: IconTrophy, ticket: IconTicket, gift: IconGift,
  'shopping-cart': IconShoppingCart, 'credit-card': IconCreditCard, coin: IconCoin, box: IconBox, key: IconKey, lock: IconLock, shield: IconShield,
  gavel: IconGavel, scale: IconScale, world: IconWorld, map: IconMap, flag: IconFlag, calendar: IconCalendar, clock: IconClock, news: IconNews,
  phone: IconPhone, star: IconStar, heart: IconHeart, user: IconUser, users: IconUsers, 'user-heart': IconUserHeart, 'user-star': IconUserStar,
  'baby-carriage': IconBabyCarriage, 'address-book': IconAddressBook, 'id-badge-2': IconIdBadge2,
}
