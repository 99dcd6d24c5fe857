/** The emoji short names a mentoring workspace is likely to use. */

const TABLE = `
+1 👍 -1 👎 thumbsup 👍 thumbsdown 👎 wave 👋 tada 🎉 sparkles ✨ star ⭐ star2 🌟 seedling 🌱 herb 🌿 sunflower 🌻
deciduous_tree 🌳 evergreen_tree 🌲 four_leaf_clover 🍀 leaves 🍃 blossom 🌼 tulip 🌷 bouquet 💐 rainbow 🌈 sunny ☀️ sunrise 🌅
crescent_moon 🌙 snowflake ❄️ fire 🔥 zap ⚡ bulb 💡 books 📚 book 📖 open_book 📖 notebook 📓 memo 📝 pencil 📝 pencil2 ✏️
clipboard 📋 calendar 📅 date 📅 spiral_calendar_pad 🗓️ spiral_calendar 🗓️ clock1 🕐 clock9 🕘 alarm_clock ⏰ hourglass ⌛
hourglass_flowing_sand ⏳ stopwatch ⏱️ bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬 thought_balloon 💭
left_speech_bubble 🗨️ eyes 👀 eye 👁️ ear 👂 handshake 🤝 pray 🙏 clap 👏 raised_hands 🙌 raised_hand ✋ hand ✋ muscle 💪
point_right 👉 point_left 👈 point_up ☝️ point_down 👇 ok_hand 👌 v ✌️ crossed_fingers 🤞 writing_hand ✍️ heart ❤️
yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 orange_heart 🧡 white_heart 🤍 sparkling_heart 💖 smile 😄
smiley 😃 slightly_smiling_face 🙂 grinning 😀 blush 😊 relaxed ☺️ wink 😉 joy 😂 thinking_face 🤔 thinking 🤔 neutral_face 😐
confused 😕 worried 😟 sweat_smile 😅 sunglasses 😎 nerd_face 🤓 hugging_face 🤗 star-struck 🤩 partying_face 🥳 cry 😢 zzz 💤
sleeping 😴 rocket 🚀 airplane ✈️ compass 🧭 world_map 🗺️ map 🗺️ earth_africa 🌍 earth_americas 🌎 earth_asia 🌏
house 🏠 house_with_garden 🏡 office 🏢 school 🏫 mortar_board 🎓 trophy 🏆 medal 🏅 sports_medal 🏅 dart 🎯 gift 🎁
balloon 🎈 confetti_ball 🎊 coffee ☕ tea 🍵 cake 🍰 apple 🍎 bread 🍞 bridge_at_night 🌉 link 🔗 lock 🔒 unlock 🔓 key 🔑
shield 🛡️ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 x ❌ white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️
question ❓ grey_question ❔ exclamation ❗ heavy_plus_sign ➕ heavy_minus_sign ➖ information_source ℹ️ mag 🔍 mag_right 🔎
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ left_right_arrow ↔️ arrows_counterclockwise 🔄 repeat 🔁
twisted_rightwards_arrows 🔀 fast_forward ⏩ rewind ⏪ double_vertical_bar ⏸️ pause_button ⏸️ arrow_forward ▶️ stop_sign 🛑
busts_in_silhouette 👥 bust_in_silhouette 👤 family 👪 couple 👫 technologist 🧑‍💻 teacher 🧑‍🏫 student 🧑‍🎓 robot_face 🤖 robot 🤖
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 package 📦 inbox_tray 📥 outbox_tray 📤 email 📧
envelope ✉️ phone ☎️ computer 💻 desktop_computer 🖥️ hammer_and_wrench 🛠️ gear ⚙️ wrench 🔧 art 🎨 musical_note 🎵 guitar 🎸
jigsaw 🧩 puzzle_piece 🧩 game_die 🎲 footprints 👣 hiking_boot 🥾 mountain ⛰️ ocean 🌊 anchor ⚓ sailboat ⛵ bicyclist 🚴
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ 100 💯 white_circle ⚪ black_circle ⚫ red_circle 🔴 large_blue_circle 🔵 large_green_circle 🟢
large_yellow_circle 🟡 large_orange_circle 🟠 small_blue_diamond 🔹 small_orange_diamond 🔸 hatching_chick 🐣 turtle 🐢 owl 🦉 bee 🐝`;

const EMOJI = new Map();
const words = TABLE.trim().split(/\s+/);
for (let at = 0; at + 1 < words.length; at += 2) EMOJI.set(words[at], words[at + 1]);

/**
 * The character for a short name, or the name between colons when it is not known.
 * @param {string} name without colons
 * @returns {string}
 */
export function emoji(name) {
  return EMOJI.get(name) ?? `:${name}:`;
}

/**
 * Replaces the short names that are known ("`:tada:`") in plain text.
 * @param {string} text
 * @returns {string}
 */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI.get(name) ?? whole);
}
