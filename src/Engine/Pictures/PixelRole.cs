namespace MonaLisa.Engine;

/// <summary>What a pixel of a picture is for.</summary>
public enum PixelRole
{
    /// <summary>The network learns from it.</summary>
    Training,

    /// <summary>The network never sees it; it is there to judge what the network made of a place that it was not shown.</summary>
    HeldOut,

    /// <summary>The network never sees it and no figure counts it: its colour means nothing, as under full transparency.</summary>
    Ignored,
}
