namespace Simile.Cli;

/// <summary>Texts of many subjects, lengths and languages, for comparing models if the user gives none.</summary>
internal static class SampleTexts
{
    public static IReadOnlyList<string> All { get; } =
    [
        "cat", "fresh bread", "How do I reset my password?", "A man is playing a guitar.", "The train to Vienna leaves at nine.",
        "A dog runs along the beach.", "Two children build a castle of sand.", "She tuned the old piano before the concert.",
        "The recipe needs three eggs and a cup of flour.", "Boil the pasta for nine minutes and keep some of the water.",
        "Interest rates rose for the third time this year.", "The company's shares fell after it published its results.",
        "My card was charged twice for the same order.", "The parcel has not arrived yet, and nobody answers the phone.",
        "Photosynthesis turns light, water and carbon dioxide into sugar and oxygen.", "The heart pumps blood through two circuits.",
        "A vaccine teaches the immune system what a virus looks like.", "The patient complains of a dry cough and a light fever.",
        "def add(a, b): return a + b", "SELECT name FROM users WHERE age > 30 ORDER BY name;",
        "The program ends with a segmentation fault.",
        "Install the package, then run the tests in a fresh clone.", "A hash table finds a key in constant time on average.",
        "The boundary layer of a wing becomes turbulent when the flow is fast enough.", "Steel expands when it is heated.",
        "The telescope has photographed a galaxy as it was ten billion years ago.", "Jupiter is the largest planet of the solar system.",
        "The treaty was signed in 1648 and ended thirty years of war.", "The emperor abdicated and left for the island.",
        "Parliament votes on the new law next week.", "The court found that the contract was void.",
        "He scored twice in the last ten minutes of the final.", "The marathon runner broke the record by eleven seconds.",
        "The novel tells of a family that loses its farm.", "A quiet film about two sisters who meet again after twenty years.",
        "The hotel is close to the old harbour, the rooms are clean, and breakfast is served on the terrace until eleven; "
            + "only the street below is loud at night.",
        "We walked over the pass in fog, slept in a hut without water, and came down on the third day through woods of larch and stone "
            + "pine to a village whose only shop had closed the year before.",
        "Customers who cancel within fourteen days get their money back without giving a reason; afterwards the price is returned in part, "
            + "by the number of months that are left, and fees of payment services are not returned at all.",
        "Embeddings are vectors that stand for texts, pictures or sounds. What is alike in meaning is near in the space of the vectors, "
            + "so that a search for the nearest finds what a person meant and not only the words that were typed. "
            + "The same vectors serve for grouping, for finding duplicates and for telling what is unusual.",
        "Ein Hund schläft vor dem Kamin.", "Die Bahn hat wieder Verspätung.",
        "Une pomme par jour éloigne le médecin.", "¿Dónde está la estación de autobuses?",
        "Il gatto dorme sul tetto.", "Кот спит на крыше.", "一只猫在屋顶上睡觉。", "今日は雨が降っています。", "오늘 날씨가 좋네요.",
    ];
}
