using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Reads pictures for a command.</summary>
internal static class PictureFiles
{
    /// <summary>Reads a picture on another thread; null after the error was written.</summary>
    public static PixelDataset? TryRead(StoppableCommand command, string file, PictureReadOptions options)
    {
        try
        {
            return command.InBackground((_, _) => PictureReader.Read(file, options));
        }
        catch (PictureException exception)
        {
            command.WriteError(CommandErrors.Picture(exception, file));
            return null;
        }
    }
}
