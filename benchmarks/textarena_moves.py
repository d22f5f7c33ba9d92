"""Legal moves of TextArena's environments, read from their states, in the words that they take."""

from __future__ import annotations

from typing import Any, Final

_TALK: Final = "I will do what is best for both of us."


def free_cells(state: Any) -> list[str]:
    """TextArena's tic-tac-toe moves."""
    board = state.game_state["board"]
    return [f"[{row * 3 + column}]" for row in range(3) for column in range(3) if board[row][column] == ""]


def free_columns(state: Any) -> list[str]:
    """TextArena's connect-four moves."""
    board = state.game_state["board"]
    return [f"[col {column}]" for column in range(len(board[0])) if board[0][column] == "."]


def nim_moves(state: Any) -> list[str]:
    """TextArena's nim moves."""
    return [f"[{pile} {taken}]" for pile, held in enumerate(state.game_state["piles"]) for taken in range(1, held + 1)]


def othello_moves(state: Any) -> list[str]:
    """TextArena's othello moves; who can place nothing skips, whatever is said."""
    return [f"[{row}, {column}]" for row, column in state.game_state["valid_moves"]] or ["[skip]"]


def snake_moves(state: Any) -> list[str]:
    """TextArena's moves in snake."""
    return ["[up]", "[down]", "[left]", "[right]"]


def kuhn_moves(state: Any) -> list[str]:
    """TextArena's moves in Kuhn poker."""
    return [f"[{word}]" for word in state.game_state["current_legal_action_tree"]]


def pig_moves(state: Any) -> list[str]:
    """TextArena's moves in pig."""
    return ["[roll]", "[hold]"]


def pure_strategy_moves(state: Any) -> list[str]:
    """TextArena's bids in goofspiel."""
    names = {1: "a", 11: "j", 12: "q", 13: "k"}
    return [f"[{names.get(card, card)}]" for card in state.game_state["player_hands"][state.current_player_id]]


def holdem_moves(state: Any) -> list[str]:
    """TextArena's moves in hold'em, with raises of one big blind."""
    table, seat = state.game_state, state.current_player_id
    if table["current_bet"] > table["player_bets"][seat]:
        return ["[fold]", "[call]", "[raise 20]"]
    return ["[check]", "[raise 20]"]


def dice_moves(state: Any) -> list[str]:
    """TextArena's bids in liar's dice: up to all dice that are left, no lower in quantity or face; and the call."""
    table = state.game_state
    quantity, face = table["current_bid"]["quantity"], table["current_bid"]["face_value"]
    quantities = range(max(quantity, 1), sum(table["remaining_dice"].values()) + 1)
    bids = [
        (each, shown) for each in quantities for shown in range(max(face, 1), 7) if (each, shown) != (quantity, face)
    ]
    return [f"[bid {each}, {shown}]" for each, shown in bids] + ["[call]"] * (quantity > 0)


def talk_then_dilemma_moves(state: Any) -> list[str]:
    """TextArena's moves in the iterated prisoner's dilemma: words, then a choice."""
    return [_TALK] if state.game_state["phase"] == "conversation" else ["[cooperate]", "[defect]"]


def talk_then_tokens_moves(state: Any) -> list[str]:
    """TextArena's moves in its public goods game: words, then tokens."""
    table = state.game_state
    if table["phase"] == "conversation":
        return [f"{{{_TALK}}}"]
    return [f"[{tokens}]" for tokens in range(table["endowment"] + 1)]


def hand_sign_moves(state: Any) -> list[str]:
    """TextArena's moves in rock, paper, scissors."""
    return ["[rock]", "[paper]", "[scissors]"]


def penny_moves(state: Any) -> list[str]:
    """TextArena's moves in matching pennies."""
    return ["[heads]", "[tails]"]


def guess_moves(state: Any) -> list[str]:
    """Whole guesses in TextArena's two thirds of the average."""
    return [f"[{guess}]" for guess in range(101)]


def ultimatum_moves(state: Any) -> list[str]:
    """TextArena's moves in its repeated ultimatum game."""
    table = state.game_state
    if table["phase"] == "responding":
        return ["[accept]", "[reject]"]
    return [f"[offer: {amount}]" for amount in range(table["pool"] + 1)]


def trading_moves(state: Any) -> list[str]:
    """Some of TextArena's moves in its simple negotiation: small offers, and yes or no to the one that stands."""
    table, seat = state.game_state, state.current_player_id
    held, offer = table["player_resources"][seat], table["current_offer"]
    offers = [f"[offer: 1 {one} -> 1 {other}]" for one in held for other in held if held[one] and one != other]
    if not offer or offer["from_player"] == seat:
        return offers
    payable = all(held[good] >= count for good, count in offer["requested_resources"].items())
    return [*offers, "[deny]"] + ["[accept]"] * payable


def persuading_moves(state: Any) -> list[str]:
    """TextArena's moves in truth and deception: words, then a guess."""
    return ["[Fact 1]", "[Fact 2]"] if state.turn == state.max_turns - 1 else [_TALK]
