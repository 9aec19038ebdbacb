namespace Simile.Documents.Encodings;

/// <summary>The costs of a language's characters: negative natural logarithms of probabilities.</summary>
/// <remarks>
/// Letters are listed by descending frequency. Probabilities follow Zipf's law, which is enough to distinguish encodings.
/// </remarks>
internal sealed class LetterModel
{
    private const float UpperCase = 1.5f;
    private const float CommonIdeograph = 4.7f;

    private readonly Dictionary<char, float> _costs = [];

    private LetterModel(string letters, float? flat = null)
    {
        var sum = 0.0;
        for (var rank = 0; rank < letters.Length; rank++)
        {
            sum += 1 / (rank + 2.0);
        }

        for (var rank = 0; rank < letters.Length; rank++)
        {
            var cost = flat ?? (float)Math.Log((rank + 2) * sum);
            _costs.TryAdd(letters[rank], cost);
            _costs.TryAdd(char.ToUpperInvariant(letters[rank]), cost + UpperCase);
        }
    }

    /// <summary>Languages with Western European Latin letters.</summary>
    public static LetterModel[] Western { get; } = Models(
        "éèàêçùâîôûëïœ", "üäöß", "óíáéñúüª", "ãçáéíóõêâôúàº", "èàùòìé", "äåöé", "øåæé", "äö", "ëéïèö", "íáðéöóþúæý", "àéèíóòúçïü", "");

    /// <summary>Languages with Central European Latin letters.</summary>
    public static LetterModel[] Central { get; } = Models(
        "ęłąóśżćńź", "íáěéřýžčšůúďťňó", "áíéčšťžýúľňôäďó", "áéöíőóüúű", "ăîâşţ", "čšžćđ", "čšž", "ëç", "üäöß");

    public static LetterModel[] Cyrillic { get; } = Models(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", "оаинтевірслкудмпязьбгйчхїцжшюєщфґ", "аоиетнрсвлкпдмзъбгуцчяжшхющфй",
        "аоиенртсјвкудлпмзгбљчцшњжћхђфџ", "анаеiоіыртсклудумпязбгйчхцжшюўэфё", "аоиетнрсвклпдмзубгјшчќѓњљжхцфџѕ");

    public static LetterModel[] Greek { get; } = Models("αοιετσνηυρπκμλςόίάγέδχήωύθφβώξζψϊϋ");

    public static LetterModel[] Turkish { get; } = Models("ıüşçöğâîû");

    public static LetterModel[] Hebrew { get; } = Models("יולהאתמרבשנחדעקפםכטגסצןזךףץ");

    public static LetterModel[] Arabic { get; } = Models(
        "الينمرتوبدعكهسفحةقأجشطصخضإذثزىءغآئظؤ", "ایرندهمتوبسشکزفلگعخقجحپطصغآچضذئظثژأء", "ایکرنمےوسہلتبدپجہیںعشقفزگھچخطصحضٹڈڑ");

    public static LetterModel[] Baltic { get; } = Models("ėšųįžąčęū", "āīēšūņļķģčž", "äõüöšž");

    public static LetterModel[] Vietnamese { get; } = Models("\u0301\u0300đưôâ\u0309\u0323ơêă\u0303óáàéèíúùòéãõ");

    public static LetterModel[] Thai { get; } =
        Models("านรอกเงม\u0e31ย\u0e48ลว\u0e35\u0e34ดตทสแ\u0e49บไปคห\u0e37ะใจข\u0e4cโช\u0e38พ\u0e36\u0e39ถผธภฟณศซษญฐๆฎฝฏฉฆ\u0e4cฬฮ");

    public static LetterModel[] Simplified { get; } = [new(
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运测试城飞鸟晚昨谈",
        CommonIdeograph)];

    public static LetterModel[] Traditional { get; } = [new(
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己製身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平係氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運測試城飛鳥晚昨談",
        CommonIdeograph)];

    public static LetterModel[] Japanese { get; } = [new(
        "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会社者事自手地方新場員立開力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢飛昨散街的性化定法関係数発表部対現実政府期制成果報経済",
        CommonIdeograph)];

    public static LetterModel[] Korean { get; } = [new(
        "이다는을에의가하고한를기지로은사도시자어인대나서들있그일해정리아수게만전부과으상보라원주니구장제면스여안것우공성동용관세했되모러무와연국학유오신마물비생적경소미조거간내진중당실영선발방계산화할분치위없금년식트야습요말반교름회문바개행음체속타저람르드같좋날새떤래랫책건저녁강김박최않았었겠던던데며면서까지부터보다처럼많든",
        CommonIdeograph)];

    /// <summary>The models of all languages, to judge texts in UTF-8, UTF-16 and UTF-32.</summary>
    public static LetterModel[] All { get; } =
        [
            .. Western, .. Central, .. Cyrillic, .. Greek, .. Turkish, .. Hebrew, .. Arabic, .. Baltic, .. Vietnamese, .. Thai,
            .. Simplified, .. Traditional, .. Japanese, .. Korean,
        ];

    public float? CostOf(char c) => _costs.TryGetValue(c, out var cost) ? cost : null;

    private static LetterModel[] Models(params string[] languages) => Array.ConvertAll(languages, letters => new LetterModel(letters));
}
