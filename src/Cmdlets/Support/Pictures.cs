using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Pictures that were read.</summary>
internal static class Pictures
{
    /// <summary>The dataset of a value, also of one from another session.</summary>
    /// <exception cref="CommandException">It is something else; the message says which command makes one of it.</exception>
    public static PixelDataset Require(object value) => Rehydration.Live(value) as PixelDataset
        ?? throw new CommandException(CommandErrors.UnsupportedInput(value, Wanted.Dataset));
}
