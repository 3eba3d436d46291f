using System.Management.Automation.Host;
using MonaLisa.Shell.Terminal;

namespace MonaLisa.Shell.Hosting;

/// <summary>The terminal as a grid of cells, as far as every platform has it.</summary>
internal sealed class ShellRawUserInterface(ShellConsole console) : PSHostRawUserInterface
{
    /// <summary>The terminal's own colour, which no ConsoleColor names. (.NET says the same on Unix.)</summary>
    public const ConsoleColor TerminalDefault = (ConsoleColor)(-1);

    public override ConsoleColor ForegroundColor { get; set; } = TerminalDefault;

    public override ConsoleColor BackgroundColor { get; set; } = TerminalDefault;

    public override Size BufferSize
    {
        get => new(console.Width, console.Height);
        set => throw NoSuchThing("resize the terminal");
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw NoSuchThing("resize the terminal");
    }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override int CursorSize { get; set; } = 25;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition
    {
        get
        {
            if (!console.OutputShowsAnsi || !console.InputIsTerminal)
                return new Coordinates(0, 0);
            (int left, int top) = Console.GetCursorPosition();
            return new Coordinates(left, top);
        }
        set
        {
            if (console.OutputShowsAnsi)
                console.Write($"\e[{value.Y + 1};{value.X + 1}H");
        }
    }

    public override string WindowTitle
    {
        get;
        set
        {
            field = value;
            if (console.OutputShowsAnsi)
                console.Write($"\e]0;{string.Concat(value.Where(c => !char.IsControl(c)))}\a");
        }
    } = "";

    public override bool KeyAvailable => console.InputIsTerminal && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!console.InputIsTerminal)
            throw new HostException("A key cannot be read: standard input is not a terminal.");
        ConsoleKeyInfo key = Console.ReadKey(intercept: options.HasFlag(ReadKeyOptions.NoEcho));
        ControlKeyStates state = default;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Shift))
            state |= ControlKeyStates.ShiftPressed;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control))
            state |= ControlKeyStates.LeftCtrlPressed;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Alt))
            state |= ControlKeyStates.LeftAltPressed;
        return new KeyInfo((int)key.Key, key.KeyChar, state, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
            Console.ReadKey(intercept: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoSuchThing("read the screen back");

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw NoSuchThing("scroll a part of the screen");

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoSuchThing("paint cells");

    // Filling the whole screen is how scripts clear it; nothing else can be done everywhere.
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (console.OutputShowsAnsi)
            console.Write("\e[2J\e[H");
    }

    private static NotSupportedException NoSuchThing(string what) => new($"This shell cannot {what}: not every terminal can.");
}
