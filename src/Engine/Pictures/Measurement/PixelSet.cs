namespace MonaLisa.Engine;

/// <summary>Which pixels of a picture a figure is of.</summary>
public enum PixelSet
{
    /// <summary>Every pixel.</summary>
    All,

    /// <summary>The pixels that a network learned from.</summary>
    Training,

    /// <summary>The pixels that it did not learn.</summary>
    HeldOut,
}
