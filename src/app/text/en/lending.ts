import { networks, plural } from './plurals.ts';

const devicesOf = (count: number) => plural(count, '1 device', `${count} devices`);
const named = (number: number, name: string) => (name === '' ? `Device ${number}` : name);
const ids = (list: readonly number[]) => list.map((id) => `#${id}`).join(', ');
/** What becomes of the networks that a device was training. */
const elsewhere = (list: readonly number[]) =>
  list.length === 0 ? '' : ` ${ids(list)} ${plural(list.length, 'is', 'are')} trained elsewhere.`;

/** Many devices, one search: the host's panel and the screen of who lends a tab. */
export const lending = {
  button: 'Devices',
  title: 'Devices that train along',
  lead: 'Other devices open a link and lend their processors or graphics cards to this search. It stays the same search: with the same seed it ends at the same front, whoever trained.',
  travels:
    'Between them travel weights, settings and results, sealed with a key that stands in the link only, whichever way they go. The pictures of the data set each device loads itself.',
  ownPictures:
    'Your own pictures stay on this computer, and without them no other device can train. Choose a data set that comes with the site.',
  notLive: 'Start a search of your own first: a recording has nothing to train.',
  invite: 'Invite devices',
  inviteHelp: (host: string) =>
    `“Invite devices” asks ${host}, where this page comes from, for a relay, and nobody else.`,
  close: 'Send all devices home',
  states: {
    connecting: 'Connecting to the relay…',
    open: 'The room is open.',
    broken:
      'The relay does not answer any more; it is tried again and again. Devices with a direct line train on; what others train is waited for a little, then trained here.',
    'no-relay':
      'This page comes from a place without a relay, so no link reaches it. Run “npm run relay” on a computer of the room and open the address that it prints, or pair devices by codes.',
    codes: 'Devices are paired by codes, without a relay.',
    'no-webrtc':
      'This browser makes no direct lines to other devices (WebRTC). Open this page in another browser, or use a relay.',
  },
  pair: {
    button: 'Pair by codes',
    help: 'Without a relay, one device at a time: this screen shows a code, the device answers with another. Both must be in the same network. Nothing is asked of anyone else.',
    offer: 'Code for the next device',
    offerHelp: 'Scan it with the device, or send it the link. Each device gets a code of its own.',
    copyLink: 'Copy the link',
    making: 'Making a code…',
    answer: 'Its answer',
    answerLabel: 'The code that the device shows',
    take: 'Take the code',
    nothing: 'Paste a code first',
    film: 'Read it with the camera',
    filmHelp: 'Hold up the code that the other screen shows.',
    said: {
      connecting: 'The code is taken. Connecting…',
      connected: 'The device is connected. The next one can be paired.',
      unreached:
        'The device could not be reached; it may be in another network, or the network keeps devices apart. Pair it once more with the code above.',
      'no-address':
        'This browser names no address in this network to other devices. Connect this computer to the network, or use a relay.',
    },
    faults: {
      none: 'This is no code of this page. Copy it again on the device.',
      damaged: 'This code is incomplete or damaged. Copy it again on the device, whole.',
      version: 'The device has another version of this page. Load the page again on both.',
      own: 'This is the code of this screen itself. Take the one that the device shows.',
      outdated: 'This answers a code that is not shown any more. Scan the code above with the device.',
    },
    names:
      'Browsers give their addresses as random names that only devices of the same network can resolve. Guest networks often keep devices apart; there only a relay helps.',
  },
  ways: { direct: 'direct line', relay: 'by the relay' },
  lends: 'Lend this tab to another screen instead',
  thisComputerOnly:
    'This address works on this computer only. For others run “npm run relay -- --host 0.0.0.0” and open the address that it prints.',
  link: 'Join link',
  linkHelp: 'Whoever has this link may join; it holds for this room only.',
  copy: 'Copy the join link',
  here: (count: number) =>
    count === 0 ? 'Nobody has joined yet.' : `${devicesOf(count)} ${plural(count, 'is', 'are')} here.`,
  rate: (all: string, own: string) =>
    `${all} children a minute since the first device joined, ${own} of them by this computer.`,
  code: 'QR code of the text below',
  device: named,
  facts: (backend: string, trainers: number) =>
    `${backend}, ${plural(trainers, '1 trainer', `${trainers} trainers`)}`,
  did: (trained: number, checked: number) => `${networks(trained)} trained, ${checked} measured again here`,
  otherNumbers: 'Another backend than here: its networks differ in the last digits from those trained here.',
  doing: {
    preparing: 'tests its trainers',
    training: (list: readonly number[]) => `trains ${ids(list)}`,
    waiting: 'waits for a child',
    away: 'out of reach, waited for',
    left: 'has left',
    silent: 'does not answer',
    lied: 'sent home: its results are wrong',
    nonsense: 'sent home: it sent what nobody can read',
    unable: 'cannot train',
    version: 'has another version of this page',
  },
  happenings: 'What happened',
  happened: {
    joined: (number: number, name: string) => `${named(number, name)} joined.`,
    back: (number: number, name: string) => `${named(number, name)} is back.`,
    relayed: (number: number, name: string) =>
      `The direct line to ${named(number, name)} broke; it goes on by the relay.`,
    left: (number: number, name: string, list: readonly number[]) =>
      `${named(number, name)} left.${elsewhere(list)}`,
    silent: (number: number, name: string, list: readonly number[]) =>
      `${named(number, name)} does not answer any more.${elsewhere(list)}`,
    nonsense: (number: number, name: string, list: readonly number[]) =>
      `${named(number, name)} sent what is no result and was sent home.${elsewhere(list)}`,
    unable: (number: number, name: string) => `${named(number, name)} cannot start its trainers.`,
    version: (number: number, name: string) => `${named(number, name)} has another version of this page.`,
    lied: (number: number, name: string, list: readonly number[], lie: string) =>
      `${named(number, name)} was sent home. ${lie}${elsewhere(list)}`,
  },
  lie: (network: number, claimed: string, measured: string) =>
    `It claimed ${claimed} error for #${network}; measured here it is ${measured}.`,
  join: {
    title: 'Lend this tab',
    lead: 'Someone grows neural networks and asks for help. While this tab is open it trains some of them, on this device, until you leave.',
    asks: 'Your device computes and warms up, a battery runs down faster. It receives numbers, never programs, and it sends back numbers only.',
    connects: (host: string) =>
      `It connects to the relay of ${host}, where this page comes from, and directly to the other screen where the network allows it. Nobody else is asked for anything.`,
    badLink: 'This join link is incomplete. Ask for it once more, or scan the code again.',
    home: 'To the playground',
    name: 'Name to show there',
    nameHelp:
      'Left empty you are a number. A name is shown on the other screen and written into the log of the run, which may be saved and shared.',
    trainers: (count: number, cores: number) => `Lend ${count} of ${cores} cores`,
    lend: 'Lend this tab',
    leave: 'Leave',
    left: 'You have left. Thank you.',
    again: 'Lend it again',
    states: {
      connecting: 'Connecting…',
      'no-host': 'The other screen is not there at the moment. This tab waits for it.',
      broken: 'The connection broke. It is tried again and again; what was trained here is kept until then.',
      'no-relay':
        'Nothing answers where this link leads. Is this device in the same network? Ask for a new link.',
      preparing: 'The trainers start and are tested…',
      over: 'That search is finished. This tab waits for the next one.',
      'line-lost':
        'The direct line broke. What was trained here is kept: take a new code of the other screen.',
      'not-opened': 'The other screen did not take the code in time. Take a new code of it.',
      'no-webrtc':
        'This browser makes no direct lines to other devices (WebRTC). Open the link in another browser.',
      'no-address':
        'This browser names no address in this network to other devices. Connect this device to the network of the other screen.',
      'both-impatient':
        'Two Firefoxes do not wait for each other as long as it takes to carry a code. Open the link in another browser.',
    },
    ways: {
      direct: 'Directly connected to the other screen.',
      relay: 'Connected to the other screen by its relay.',
    },
    noDirect: 'This browser makes no direct lines to other devices (WebRTC), so the relay carries all.',
    answer: 'Code for the other screen',
    answerHelp:
      'Have the other screen take this code: by its camera, or sent to it and pasted. Leave this tab open.',
    copyAnswer: 'Copy the code',
    paste: 'The code or the link of the other screen',
    pasteHelp: 'On the other screen: Devices, then Pair by codes.',
    pasteTake: 'Take the code',
    codeFaults: {
      none: 'This is no code of this page. Copy it again on the other screen.',
      damaged: 'This code is incomplete or damaged. Copy it again on the other screen, whole.',
      version: 'The other screen has another version of this page. Load the page again on both.',
      answer:
        'This is the answer of a device. Take the code that the other screen shows under “Pair by codes”.',
    },
    unable: (reason: string) => `This device cannot train: ${reason}.`,
    refused: {
      version: 'This page is another version than the other screen’s. Load it again.',
      lied: 'A result of this device was measured again over there and was another. It does not train along any more.',
      full: 'There are as many devices as the other screen takes. Thank you all the same.',
      nonsense: 'The other screen could not read what this page sent. Load it again.',
      'own-pictures': 'That search learns from pictures that stay on its own computer.',
      closed: 'The other screen has sent all devices home. Thank you.',
    },
    lending: (backend: string, trainers: number) =>
      `${backend}, ${plural(trainers, '1 trainer', `${trainers} trainers`)}, self-test passed.`,
    training: (list: readonly number[]) =>
      list.length === 0 ? 'Waiting for the next network.' : `Training ${ids(list)} now.`,
    contribution: (mine: number, all: number, devices: number) =>
      mine === 0
        ? `${networks(all)} trained so far by ${devicesOf(devices)} and the other screen; none of them here yet.`
        : `${mine} of ${networks(all)} that were trained so far are yours.`,
    onFront: (mine: number, front: number) =>
      `${mine} of the ${front} on the front ${plural(mine, 'is', 'are')} yours.`,
    plot: (mine: number, front: number) =>
      `The front: ${networks(front)} by parameters and error, ${mine} of them trained here and filled.`,
    axes: { x: 'parameters', y: 'error' },
  },
};
