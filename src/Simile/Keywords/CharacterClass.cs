namespace Simile.Keywords;

/// <summary>A class of characters that terms are cut by.</summary>
internal enum CharacterClass
{
    /// <summary>Not a part of terms: spaces, punctuation, symbols.</summary>
    Other,

    /// <summary>Joins the parts of an identifier, like the underscore.</summary>
    Connector,

    /// <summary>A letter that is not uppercase, in a script with spaces between words.</summary>
    Lower,

    /// <summary>An uppercase letter.</summary>
    Upper,

    /// <summary>A digit or number.</summary>
    Digit,

    /// <summary>A character of a script without spaces between words.</summary>
    Unspaced,

    /// <summary>A mark or format character. It belongs to the character before it.</summary>
    Mark,
}
