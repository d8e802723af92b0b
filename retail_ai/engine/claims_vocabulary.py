"""English words that say nothing checkable about a product: a sentence made of them and of facts invents nothing. Data only."""
# ruff: noqa: E501 (tables read better in long rows)

NEUTRAL = frozenset(
    """
    published released manufactured a about above across add added adding addition additional additionally after again all allow allowing allows
    along alongside also although always an and another any anyone anything anywhere are area around arrive arrives
    as aside at attach available away back based be because been before behind being belong belongs below beside
    besides between both bring bringing brings build built but buy by called can carry carrying case category choice
    choose chosen class clear clearly close combination combine combines combining come comes coming complete
    completed completes comprise comprises connect connecting connection connects consist consists contain contained
    containing contains content could count counts cover covered covers cut daily date deliver delivered delivers
    depend depending describe described design designed detail details did different dimension dimensions directly
    do does doing done down draw drawn drop due during each either else enable enables end enough entire entirely
    equal equip equipped etc even every everyday everything exact exactly expect extend extends fact feature
    featured features featuring few figure figures fill final find finish finished finishes first fit fits fitted
    fitting five follow following follows for form format four from front full fully function functions further
    furthermore general get gets getting give given gives giving go goes going good ground group grouped had hand
    handle handles has have having help helps here high hold holding holds home how however if in inch included
    include includes including inside instead intend intended into is it item items its itself join joined joins
    just keep keeping keeps kind know known label labelled lack large last later lay leave leaves left length less
    let lets level life like line lined link list listed lists little long look looks made main mainly make maker
    makes making manage many mark marked match matched matches matter may mean means measure measured measurement
    measurements measures measuring meet meets mention might mind model more moreover most mount mounted mounts move
    much must name named near need needed needs neither next nor not note noted now number of off offer offered
    offering offers on once one only onto open opens operate operated operates operating option options or order
    other others otherwise our out outside over overall own pack package packaged packs page pair paired pairs part
    particular parts per perform performs piece pieces place placed places plan please point points position
    possible practical present produce produced product products provide provided provides providing purpose put
    puts quantity range ranges rate rated rates rather rating reach reaches read ready receive refer refers related
    remain remains require required requires rest result right room round run running runs said same say says
    section see seen select selected sell sense series serve served serves set sets several shape shaped share
    shipped ships should show shown shows side sides simple simply since single sit sits situation size sized sizes
    small so sold some something space specification specifications specified spec specs stand standing stands state
    stated states stay stays step still stop store straight style such suit suited suitable suits supplied supplier
    supplies supply support supported supporting supports sure surface system take taken takes taking tell tells
    than that the their them then there these they thing things this those three through throughout time times to
    together too total toward towards turn turns two type types typical typically under understand unit units until
    up upon us use used useful user users uses using usual usually value values variant various version versions
    very via view want wants was way ways we weigh weighed weighing weighs weight well were what whatever when where
    whether which while who whole whose why wide width will with within without work working works would year years
    yes you your yours yourself depth height diameter capacity colour color material materials brand manufacturer
    origin country certification certificate certificates compatibility compatible rely relies built-in
    integrated integrates onboard comes-with accessory accessories box contents here's it's that's what's
    you'll you're there's in-box ports port socket sockets slot slots connector connectors cable interface
    counted counting key keys fact-based summary glance short brief alone among colourway shade
    tone hue cast construction constructed composed fabricated crafted fashioned body exterior interior outer inner
    housing shell layer layers screen display panel diagonal resolution battery charge charging charges power
    powered powering memory storage stores stored processor speed output input voltage frequency temperature
    humidity warranty period covering yield yields prints print printing printed printer cartridge
    pages sheet sheets media paper recommended recommend recommends age ages person people whoever
    lengths spans span spanning stretches tall deep thick thickness carries wear wearing
    worn care wash cleaning clean instruction instructions kit bundle bundled set-up setup install installed
    installing installation mounting department shelf catalogue catalog line-up lineup found
    withstands withstand tolerates accommodates accommodate totals amounts equals lasts draws consumes
    consume brews brew steep steeped feeds feed seats seat sleeps sleep grows grow blooms bears bear houses house sports
    boasts apply applied application enjoy dissolve swallow mix stir pour heat heats burns burn bake
    bakes cook cooks boil boils cuts press presses slide slides fold folds hang hangs wrap wraps tips clocks hails
    replace replaced remove removed attached detach detached switch switched harvested picked sourced grown
    raised bottled brewed baked knitted woven stitched sewn bound written narrated dated
    overview altogether apiece approximately roughly circa maximum minimum thereof respectively namely whereas
    buyer customer owner wearer reader player gardener parent child adults adult
    beyond except despite concerning regarding plus minus beneath underneath amid hence thus thereby therefore me my
    mine his he she whom themselves oneself accept accepts adjust adopt advise align allocate appear appears arrange
    assemble assign assume avoid await become becomes begin begins borrow browse button cause causes check clip
    collect commence concern consider continue continues create creates decide define determine direct distribute
    divide drink drinks eat eats employ employs enter establish exist exit face faces fall fasten fastens feel fetch
    fix glue happen identify illustrate incorporate incorporates indicate indicates insert inspect introduce involve
    involves lead leads lend lie lies load locate located obtain occupy occupies occur originate originates paint
    pass passes plant plants play plays plug plugs prepare prepared project pull push record refill render
    repeat represent represents reside rinse rub screw season send separate sew shut slip sort spend spread
    squeeze stack start starts stick surround surrounds tie tighten touch trim twist unfold unscrew vary varies
    visit walk watch wind wipe wire wired write writes component composition consumption edge element example family
    grade guest half head heading holder job layout location lot member method mode moment month object operation
    packet percentage perimeter phase portion production profile ratio reference remainder role row sample
    segment selection shop sign spot stage structure subject tag term text title top variety volume week word writer
    actually afterwards ago already alternatively apart beforehand briefly consequently currently elsewhere finally
    firstly generally hereby inclusive initially lastly likewise meanwhile nevertheless nonetheless originally
    partly previously primarily secondly similarly simultaneously solely somewhat specifically
    subsequently thereafter accompanying adjacent applicable appropriate approximate certain common corresponding
    distinct equivalent extra former identical individual latter neighbouring nominal numerous opposite partial
    preceding previous primary relevant second secondary similar specific subsequent third upper
    individually multipack tip scales scale
    """.split()  # noqa: SIM905
)
# Of these the ones that promise something all the same, wherever no fact has them: "it stays clean", "good for years".
PROMISES = frozenset(
    """
    anyone anything anywhere clean cleaning clear clearly close daily directly enough entire entirely even everyday
    everything exact exactly fully good hand handle handles home lack large later life little manage
    now perform performs practical ready rely relies room sense simple simply small stay stays still straight sure
    typical typically useful usual usually want wants wash washing wear wearing whatever worn high deep thick
    tall long wide matched particular well performing
    """.split()  # noqa: SIM905
)
