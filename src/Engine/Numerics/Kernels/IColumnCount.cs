namespace MonaLisa.Engine.Numerics;

/// <summary>The columns of a narrow matrix as a type, so that loops over them are unrolled when the code is made.</summary>
internal interface IColumnCount
{
    /// <summary>How many columns: 1, 3 or 4.</summary>
    static abstract int Count { get; }
}

/// <summary>One column: grey.</summary>
internal readonly struct OneColumn : IColumnCount
{
    public static int Count => 1;
}

/// <summary>Three columns: red, green and blue.</summary>
internal readonly struct ThreeColumns : IColumnCount
{
    public static int Count => 3;
}

/// <summary>Four columns: red, green, blue and alpha.</summary>
internal readonly struct FourColumns : IColumnCount
{
    public static int Count => 4;
}
