namespace Simile.Models.Tables;

/// <summary>What the values of a column are, which decides how they become numbers.</summary>
public enum ColumnKind
{
    /// <summary>Left out.</summary>
    Ignored,

    /// <summary>Numbers, scaled.</summary>
    Number,

    /// <summary>Names of classes, a component for each that fitting saw.</summary>
    Category,

    /// <summary>Names of many classes, hashed into a few components.</summary>
    Hashed,

    /// <summary>Names in a given order: the place in it.</summary>
    Ordinal,

    /// <summary>Dates and times: their cyclic parts, and the time itself, scaled.</summary>
    Date,

    /// <summary>Texts, by a text model.</summary>
    Text,

    /// <summary>Paths of picture files, by a model of pictures.</summary>
    Image,
}
