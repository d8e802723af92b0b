"""The words by which intents.py tells what a message asks for: patterns in English, Chinese and German. No logic."""

HUMAN = (
    r"\b(talk|speak|chat|connect|transfer|put|pass)\b.{0,20}\b(human|person|someone|somebody|agent|staff)\b",
    r"\b(talk|speak|chat|connect|transfer|put|pass)\b.{0,20}\b(colleague|representative|employee)\b",
    r"\b(real|live|human) (person|agent|being|support|colleague)\b",
    r"^\W*(human|agent|operator)\W*$",
    r"\bmit (jemandem|eine[mr]\b.{0,25}?) (sprechen|reden|chatten|schreiben|verbinden|verbunden)\b",
    r"\b(echte[rnm]?|richtige[rnm]?) (mensch(en)?|person|mitarbeiter(in)?)\b",
    r"^\W*(mensch|mitarbeiter(in)?|kundenservice|kundendienst)\W*$",
    r"人工|真人|转客服|找客服|联系客服|客服人员",
)
_THEIRS_DE = r"\b(bestellung(en)?|pakete?|lieferung(en)?|sendung(en)?)\b"
_MINE = r"\b(my|last|latest|recent) (last |latest |recent |current |open )?"
ORDERS = (
    r"\b(where|when|status|show|list|see|check|view|look up|track)\b.{0,25}"
    + _MINE
    + r"(orders?|parcels?|packages?|purchases?|shipments?)\b",
    r"\bwhat (did|have) i (buy|bought|order(ed)?)\b",
    r"\bmy (last |latest |recent |open )?orders?\W*$",
    r"\border (status|history)\b",
    r"\borders? (of|by|from|for) \S+",
    r"\border (no\.?|number|#)? ?#?[a-z]{0,4}-?\d{3,}",
    r"\bwo (ist|sind|bleibt|bleiben)\b.{0,12}\bmeine?\b.{0,12}" + _THEIRS_DE,
    r"\b(zeig(e|en)?|status|verfolgen|wann kommt)\b.{0,12}\bmeine[rn]?\b.{0,12}" + _THEIRS_DE,
    r"\bmeine (letzten? |offenen? )?bestellung(en)?\W*$",
    r"\bwas habe? ich (denn )?(gekauft|bestellt)\b",
    r"\bbestell(ung|nummer) (nr\.?|nummer|#)? ?#?[a-z]{0,4}-?\d{3,}",
    r"我的.{0,4}(订单|包裹|快递)(?!.{0,6}(取消|修改|退))",
    r"订单(状态|在哪|到哪|进度|号)|查.{0,4}订单|(包裹|快递)(到哪|在哪)|我买(过|了)(什么|哪些)",
)
PRODUCTS = (
    r"\b(looking|searching|shopping) for\b",
    r"\b(show|find|recommend|suggest|give) (me|us)\b|\brecommend",
    r"\bdo you (have|sell|stock|carry)\b",
    r"\b(i|we) (want|need|would like|'d like|wanna) (to (buy|get|purchase) )?(a|an|some|new)\b",
    r"\bto (buy|purchase)\b.{0,10}\b(a|an|some|new)\b",
    r"\bgift (for|idea)|\bpresent for\b",
    r"\b(any|some) (good|cheap|nice)\b|\b(cheap|cheapest|best)\b .{2,}",
    r"\b(under|below|less than|up to|at most|max\.?|cheaper than) ?[€$£]? ?\d+",
    r"\b(ich|wir) suchen?\b|^\W*suchen?\b|\b(zeig(e|en)?|empfiehl|empfehlen)( sie)? (mir|uns)\b",
    r"\b(habt ihr|haben sie|hast du|verkauft ihr|verkaufen sie|führen sie)\b",
    r"\b(ich|wir) (brauchen?|möchten?|will|wollen|hätten? gerne?)( \w+)? (ein|eine|einen|neue[nrs]?)\b",
    r"\bgeschenk(e|idee)? für\b|\b(unter|bis|höchstens|maximal|weniger als|günstiger als) ?[€$£]? ?\d+",
    r"推荐|想(买|要|找)(一|个|部|台|款|双|条|件|些)|想买|我要买|找(一|个|部|台|款|双|条|件|些)",
    r"有没有.{0,12}(卖|推荐)|哪(款|个|种).{0,8}(好|适合)|送(给)?.{0,8}礼物",
    r"\d+ ?(元|欧元|块).{0,2}(以下|以内|之内)",
)
# A matter of rules, whatever else the words are like: "can I return a phone?" wants no phones.
POLICY = (
    r"\b(return|refund|warrant|guarantee|deliver|shipping|ship|postage|pay|invoice|cancel|exchange|swap)",
    r"\b(account|password|voucher|coupon|newsletter|privacy|my data|open(ing)? hours|pick.?up|unsubscribe)",
    r"\b(broken|broke|damaged|repair)",
    r"zurück(ge|se|sch)|rückgabe|retour|umtausch|erstatt|garantie|gewähr|liefer|versand|versend|zahl|rechnung|storn",
    r"widerruf|bestellung|kundenkonto|passwort|gutschein|datenschutz|öffnungszeit|abhol|kaputt|defekt|repar|beschädig",
    r"退货|退款|退换|换货|保修|运费|配送|送货|发货|付款|支付|发票|取消|账户|密码|隐私|营业|自取|退订",
)
GREETING = (
    r"^\W*(hi|hello|hey|good (morning|afternoon|evening|day)|greetings)( there| all)?\W*$",
    r"^\W*(hallo|guten (tag|morgen|abend)|moin|servus|grüß gott)( zusammen)?\W*$",
    r"^\W*(你好|您好|嗨|哈喽|早上好|下午好|晚上好|在吗)\W*$",
)
THANKS = (
    r"^\W*(many thanks|thanks?( you)?( (so|very) much| a lot)?|thx|great|perfect|bye|goodbye)\W*$",
    r"^\W*(vielen dank|danke( schön| sehr)?|tschüss|auf wiedersehen)\W*$",
    r"^\W*(谢谢(你|您)?|多谢|再见)\W*$",
)
QUESTION = (
    r"[?？]\s*$",
    r"^\W*(who|what|when|where|why|how|which|whose|can|could|do|does|did|is|are|was|will|would|should|may|tell)\b",
    r"^\W*(wer|wann|wo|warum|wieso|wie|welche[rsn]?|kann|können|könnt|darf|gibt|ist|sind|wird|werden|muss|soll)\b",
    r"吗|什么|怎么|怎样|如何|为什么|谁|哪|多少|几|是否|可以|能不能|讲",
)
