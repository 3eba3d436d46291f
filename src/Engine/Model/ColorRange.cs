namespace MonaLisa.Engine;

/// <summary>The range of the network's own outputs; at every interface a colour is in [0, 1].</summary>
public enum ColorRange
{
    /// <summary>Outputs are colours in [0, 1].</summary>
    Unit,

    /// <summary>Outputs are in [-1, 1]; the colour is <c>(output + 1) / 2</c>.</summary>
    Symmetric,
}
